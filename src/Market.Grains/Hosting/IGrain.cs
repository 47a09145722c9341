using Market.Domain;

namespace Market.Grains.Hosting;

/// <summary>
/// A grain as a plain class: a state folded from its stream, which decides one message at a time. It knows neither the
/// cluster nor the journal. An activation hosts it: loads, asks it to decide, appends what it decided, and lets its
/// replies and tells out once the events they rest on are durable.
/// </summary>
public interface IGrain
{
    /// <summary>Time of the last event applied; the next one is later.</summary>
    LedgerTime LastTime { get; }

    /// <summary>
    /// Whether nothing will ever change again: such a grain is unloaded at once, and loaded again for a late retry.
    /// </summary>
    bool HasEnded => false;

    /// <summary>Folds one journalled event into the state. Never refuses.</summary>
    void Apply(object @event);

    /// <summary>
    /// Decides one message against the state at a moment. Does not change the state: the activation applies the step's
    /// event right afterwards.
    /// </summary>
    /// <param name="message">A record known to the wire catalogue.</param>
    /// <param name="now">The moment that the event, if there is one, will carry.</param>
    GrainStep Receive(object message, LedgerTime now);
}

/// <summary>A grain whose rows are hash-chained, each to the one before, rather than hashed one by one.</summary>
public interface IChainedGrain : IGrain
{
    /// <summary>Hash of the last row applied; before the first one, the hash that the book's genesis fixes.</summary>
    Hash256 ChainHead { get; }

    /// <summary>Moves the chain's head; called after <see cref="IGrain.Apply"/>, with the row's stored hash.</summary>
    void Advance(Hash256 hash);
}

/// <summary>A grain whose state can be saved, so that a long stream need not be replayed from its start.</summary>
public interface ISnapshotGrain : IGrain
{
    /// <summary>Copies the state, quickly, since no message is decided meanwhile.</summary>
    GrainCapture SaveState();

    /// <summary>Replaces the fresh state by a saved one.</summary>
    /// <param name="state">The bytes of the state.</param>
    /// <param name="parts">Its parts, from the first one on; there may be later ones than the state's.</param>
    void LoadState(ReadOnlySpan<byte> state, IReadOnlyList<ReadOnlyMemory<byte>> parts);
}
