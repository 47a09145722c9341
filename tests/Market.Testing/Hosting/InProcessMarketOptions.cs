using Market.Domain;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Testing.Hosting;

/// <summary>What an <see cref="InProcessMarket"/> runs over; each default suits most tests.</summary>
public sealed record InProcessMarketOptions
{
    /// <summary>
    /// The journal, which the caller closes; null for one in memory that begins empty with each reset.
    /// </summary>
    public IJournal? Journal { get; init; }

    /// <summary>The market; its chain of entries starts from it.</summary>
    public MarketId Market { get; init; } = new(new Guid("00000000-0000-7000-8000-0000000000aa"));

    /// <summary>The clock; null for one of its own.</summary>
    public ManualClock? Clock { get; init; }

    /// <summary>What the operator deposits to each new buyer's principal, or null.</summary>
    public Money? StartingBalance { get; init; }

    /// <summary>Signs receipts.</summary>
    public IReceiptSigner Receipts { get; init; } = new UnsignedReceipts();

    /// <summary>
    /// Whether negotiations are refused early what their own side's mandate forbids, and whether those under a stopped
    /// mandate or about a gone subject are ended. Without it the ledger alone decides, as it does where these are late.
    /// </summary>
    public bool Watches { get; init; }

    /// <summary>Changes limits of the cluster, for example to fill an inbox sooner.</summary>
    public Func<EmbeddedClusterOptions, EmbeddedClusterOptions> Cluster { get; init; } = static options => options;
}
