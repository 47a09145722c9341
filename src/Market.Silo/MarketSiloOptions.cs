using System.Net;
using Market.Domain;
using Market.Domain.Admitting;
using Market.Grains.Journaling;
using Market.Silo.Clustering;

namespace Market.Silo;

/// <summary>How a market is served. Each default is what `market serve` uses.</summary>
public sealed record MarketSiloOptions
{
    /// <summary>The port on which a market listens by default.</summary>
    public const int DefaultPort = 7420;

    /// <summary>
    /// The folder of the data and the keys; null to keep both in memory, where they end with the program.
    /// </summary>
    public string? DataFolder { get; init; }

    /// <summary>
    /// The PostgreSQL database of the store; null where the data folder has it. The folder then has only the keys and
    /// the checkpoints, and must be given.
    /// </summary>
    public StoreAddress? Store { get; init; }

    /// <summary>Who may have that database open at once: the embedded engine is alone, silos share it.</summary>
    public StoreUse StoreUse { get; init; } = StoreUse.Alone;

    /// <summary>Where it listens; port 0 takes a free one. Loopback, unless the operator says otherwise.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints { get; init; } = [new IPEndPoint(IPAddress.Loopback, DefaultPort)];

    /// <summary>
    /// Whether requests under other names than loopback's are served though it listens on loopback only: behind a
    /// proxy.
    /// </summary>
    public bool AllowRemote { get; init; }

    /// <summary>TLS on every address; null for plain HTTP.</summary>
    public HttpsOptions? Https { get; init; }

    /// <summary>
    /// The names by which others reach this market, such as market.example. Where there are any, requests under other
    /// names than these, loopback's and the addresses listened on are refused.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>What people call the market.</summary>
    public string Name { get; init; } = "market";

    /// <summary>What the operator deposits to each new buyer's principal; null for nothing.</summary>
    public Money? StartingBalance { get; init; }

    /// <summary>
    /// The market's fee on a deal's total, in 1/100 percent, 0 to 10,000; paid by the buyer out of the total.
    /// </summary>
    public int FeeBasisPoints { get; init; } = 100;

    /// <summary>Whether firm offers and accepts must carry their agent's signature.</summary>
    public bool SignaturesRequired { get; init; } = true;

    /// <summary>Whom the market admits, at registration and at each handshake; null for everybody.</summary>
    public AdmissionPolicy? Admission { get; init; }

    /// <summary>
    /// The file outside the store to which signed checkpoints of the book are written; null for
    /// <c>keys/checkpoints.jsonl</c> of the data folder. A market in memory writes none.
    /// </summary>
    public string? CheckpointFile { get; init; }

    /// <summary>After how many entries of the book a checkpoint is written; at least 1.</summary>
    public int CheckpointEvery { get; init; } = 10_000;

    /// <summary>
    /// The cluster that this server is a silo of; null for a market of one process. A silo needs a <see cref="Store"/>,
    /// and shares it with its cluster whatever <see cref="StoreUse"/> says.
    /// </summary>
    public ClusterMember? Cluster { get; init; }

    /// <summary>What the operator allows.</summary>
    public OperatorLimits Limits { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the operator looks; warnings and errors on standard error by default.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>One loopback endpoint with a free port, for tests and demonstrations.</summary>
    public static IReadOnlyList<IPEndPoint> AnyLoopbackPort { get; } = [new IPEndPoint(IPAddress.Loopback, 0)];
}
