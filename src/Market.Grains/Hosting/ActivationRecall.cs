using Market.Domain;

namespace Market.Grains.Hosting;

/// <summary>
/// A message that waits for old events of its grain's stream. It is held like a reply until the appends before it are
/// durable, since what it asks for may be among them; then it reads, off the turn, and is delivered again.
/// </summary>
internal sealed class ActivationRecall(Activation owner, object message, ValueArray<long> versions, ReplySink sink)
    : ReplySink
{
    /// <inheritdoc/>
    public override void Complete(object? reply) => _ = Task.Run(ReadAsync);

    /// <inheritdoc/>
    public override void Fail(Exception error)
    {
        sink.Fail(error);
        owner.OnRecallEnded();
    }

    private async Task ReadAsync()
    {
        try
        {
            var events = new List<RecalledEvent>();
            foreach (var version in versions.AsEnumerable())
            {
                events.Add(new RecalledEvent(version, await owner.ReadEventAsync(version).ConfigureAwait(false)));
            }

            owner.Deliver(new Recalled(message, events.ToValueArray()), sink);
        }
#pragma warning disable CA1031 // Whatever the storage throws, whoever waits must hear of it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            sink.Fail(new GrainFaultException(owner.Grain, "its old events could not be read.", error));
        }

        owner.OnRecallEnded();
    }
}
