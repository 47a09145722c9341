using Market.Domain;

namespace Market.Client.Pending;

/// <summary>
/// Keeps, beyond the life of a process, every act from before it is sent until it is answered, so that
/// <see cref="MarketClient.ResumePendingAsync"/> of the next process can ask again with the same ids and bytes. A
/// client opens it when it connects and closes it when it is disposed of. Its acts come from many threads.
/// </summary>
public interface IPendingCommands
{
    /// <summary>Opens it.</summary>
    /// <returns>What has no answer yet, in the order in which it was added.</returns>
    ValueTask<IReadOnlyList<PendingCommand>> OpenAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Adds an act; when the call returns it outlives the process and the machine's power. One that is there already
    /// changes nothing. What throws here is not sent.
    /// </summary>
    ValueTask AddAsync(PendingCommand command, CancellationToken cancellationToken);

    /// <summary>
    /// Strikes an act out. This may be late or lost: then the market is asked once more, and answers the same.
    /// </summary>
    ValueTask StrikeAsync(MessageId id, CancellationToken cancellationToken);

    /// <summary>Closes it; what is on record stays, and it may be opened again.</summary>
    ValueTask CloseAsync(CancellationToken cancellationToken);
}
