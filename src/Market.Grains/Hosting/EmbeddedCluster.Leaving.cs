namespace Market.Grains.Hosting;

// What an engine of many silos needs of the mailboxes of one: it decides which grains are here.
public sealed partial class EmbeddedCluster
{
    /// <summary>Whether a grain is in memory here, or is being loaded.</summary>
    public bool Has(GrainId grain) => _mailboxes.ContainsKey(grain);

    /// <summary>
    /// Whether a grain exists that nobody here has asked yet: a row of it is durable, or the message creates it. So an
    /// id that somebody made up never takes a place on any silo.
    /// </summary>
    public ValueTask<bool> ExistsAsync(
        GrainId grain, object message, CancellationToken cancellationToken = default) =>
        Services.MayCreate(grain, message) ? ValueTask.FromResult(true) : HasRowAsync(grain, cancellationToken);

    /// <summary>
    /// Unloads a grain once nothing is queued for it and none of its appends is in flight; saves its snapshot where
    /// that is worthwhile. Who asks it meanwhile is answered before that.
    /// </summary>
    public Task LeaveAsync(GrainId grain) =>
        _mailboxes.TryGetValue(grain, out var mailbox) ? mailbox.LeaveAsync() : Task.CompletedTask;

    private async ValueTask<bool> HasRowAsync(GrainId grain, CancellationToken cancellationToken)
    {
        try
        {
            return (await _journal.OpenAsync(grain, cancellationToken).ConfigureAwait(false)).Version > 0;
        }
#pragma warning disable CA1031 // Whatever the storage throws, the load that follows meets it again, and reports it.
        catch (Exception error) when (error is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Metrics.AddLookupFailed();
            return true;
        }
    }
}
