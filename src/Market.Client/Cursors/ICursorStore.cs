namespace Market.Client.Cursors;

/// <summary>
/// Remembers, beyond the life of a process, how far the user has read <see cref="MarketClient.EventsAsync"/>. On the
/// next
/// start the client reads the agent's events again from the first one, to know where every live negotiation stands, and
/// hands over only those that were not read. The place is saved when the next event is asked for: an event whose
/// handling a crash interrupted comes again, every other one comes exactly once.
/// </summary>
public interface ICursorStore
{
    /// <summary>The place saved last, or null.</summary>
    ValueTask<StoredCursor?> LoadAsync(CancellationToken cancellationToken);

    /// <summary>Saves a place; when the call returns it outlives the process. Never called twice at once.</summary>
    ValueTask SaveAsync(StoredCursor cursor, CancellationToken cancellationToken);
}
