using Market.Client.Pending;

namespace Market.Client;

/// <content>Acts of unknown outcome: an earlier process sent them, or nobody waited for the answer.</content>
public sealed partial class MarketClient
{
    /// <summary>
    /// The acts of which neither this process nor an earlier one knows what became of them, in their order. Empty
    /// without <see cref="MarketClientOptions.PendingCommands"/>.
    /// </summary>
    public IReadOnlyList<PendingCommand> PendingCommands => _link.InDoubt;

    /// <summary>
    /// Asks again for each of <see cref="PendingCommands"/>, one after another, with the same id and the same bytes,
    /// and says what became of it. Each is done once, however often it was sent; one that never reached the market is
    /// done now. Call it after a start, before anything else is decided: once it has ended, what the market shows has
    /// all that was ever sent. An act is struck out when the next one is asked for; who is interrupted while handling
    /// an outcome gets it again.
    /// </summary>
    /// <param name="cancellationToken">Stops asking; what was not handled stays pending.</param>
    /// <exception cref="MarketConnectionException">The client has ended.</exception>
    public IAsyncEnumerable<ResumedCommand> ResumePendingAsync(CancellationToken cancellationToken = default) =>
        _link.ResumeAsync(cancellationToken);

    /// <summary>
    /// Strikes one of <see cref="PendingCommands"/> out without asking again. The market may have done it all the same.
    /// </summary>
    /// <returns>False where it is pending no longer.</returns>
    /// <param name="command">The act.</param>
    /// <param name="cancellationToken">Stops before anything is struck out.</param>
    public Task<bool> ForgetPendingAsync(PendingCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        cancellationToken.ThrowIfCancellationRequested();
        return _link.ForgetAsync(command);
    }
}
