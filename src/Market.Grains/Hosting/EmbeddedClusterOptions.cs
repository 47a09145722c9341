namespace Market.Grains.Hosting;

/// <summary>Limits and sources of an <see cref="EmbeddedCluster"/>; each default is what a server uses.</summary>
public sealed record EmbeddedClusterOptions
{
    /// <summary>Messages that wait for one grain; above it callers are told to come back.</summary>
    public int MailboxMax { get; init; } = 10_000;

    /// <summary>Grains in memory; near it the idlest are unloaded, at it callers are told to come back.</summary>
    public int ActivationsMax { get; init; } = 1_000_000;

    /// <summary>
    /// Events of one grain on their way to the journal; at it the grain takes no further message for a while. More than
    /// the journal takes at once, so that a hot grain fills the next group while one is being written.
    /// </summary>
    public int InFlightMax { get; init; } = 16_384;

    /// <summary>Events of all grains on their way to the journal; at it nothing new is asked.</summary>
    public int JournalPendingMax { get; init; } = 200_000;

    /// <summary>How long a grain stays in memory without a message.</summary>
    public TimeSpan IdleUnloadAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What a caller is told to wait when something is full.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest time that a drain waits for accepted work.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromMilliseconds(1_800);

    /// <summary>Entries of a stream from one snapshot to the next.</summary>
    public int SnapshotEvery { get; init; } = 100_000;

    /// <summary>Fewest new entries for which an unload or a drain saves a snapshot.</summary>
    public int SnapshotOnUnloadMin { get; init; } = 1_000;

    /// <summary>Format of the snapshots that this program writes; those of another one are ignored.</summary>
    public int SnapshotFormat { get; init; } = 1;

    /// <summary>
    /// Whether a message may bring a grain into being that has no row yet; any other message to such a grain is
    /// answered by
    /// <see cref="GrainNotFound"/>. The directory and the ledger need none: every market has them.
    /// </summary>
    public Func<object, bool> Creates { get; init; } = static _ => false;

    /// <summary>
    /// Diagnostic: whether every message, tell and reply is turned into bytes and back, as if its grain were in another
    /// process. On by default where the program's switch <c>Market.MessagesAsBytes</c> is, so that whole programs of
    /// tests run so.
    /// </summary>
    public bool MessagesAsBytes { get; init; } =
        AppContext.TryGetSwitch("Market.MessagesAsBytes", out var isOn) && isOn;

    /// <summary>
    /// Takes what this process's grains tell, once it may leave; null to tell them here. A silo of an engine with many
    /// passes tells on to wherever the grain is.
    /// </summary>
    public Action<Tell>? Tells { get; init; }

    /// <summary>
    /// Called when a grain has left memory, or its activation was poisoned: an engine with many silos then gives up its
    /// place here. Called from inside turns and on the journal's thread: must neither block nor throw.
    /// </summary>
    public Action<GrainId>? Left { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Source of writers' ids: random, so that no two activations ever share one.</summary>
    public Func<long> WriterIds { get; init; } = ActivationServices.RandomWriter;

    /// <summary>
    /// Takes what an operator must hear of: a sentence, and the exception if there is one. Must not throw.
    /// </summary>
    public Action<string, Exception?> OnError { get; init; } = static (_, _) => { };
}
