using Market.Domain;
using Market.Domain.Admitting;

namespace Market.Silo.Gateway;

/// <summary>What the gateway needs to know of its market, and its limits.</summary>
/// <param name="Market">The market.</param>
/// <param name="Name">What people call it.</param>
/// <param name="FeeBasisPoints">The fee that every negotiation is opened under.</param>
/// <param name="SignaturesRequired">Whether firm offers and accepts must be signed.</param>
/// <param name="ReceiptKey">SubjectPublicKeyInfo of the key that signs receipts.</param>
/// <param name="Time">The clock.</param>
internal sealed record GatewayOptions(
    MarketId Market,
    string Name,
    int FeeBasisPoints,
    bool SignaturesRequired,
    ReadOnlyMemory<byte> ReceiptKey,
    TimeProvider Time)
{
    /// <summary>Wrong signatures of one agent within the window; the next one closes its connection.</summary>
    public const int WrongSignaturesMax = 8;

    /// <summary>The one subprotocol that the gateway speaks.</summary>
    public const string Subprotocol = "market.v1.msgpack";

    /// <summary>For how long a wrong signature counts.</summary>
    public static readonly TimeSpan WrongSignaturesWindow = TimeSpan.FromMinutes(1);

    /// <summary>How long the other side has to answer a closing frame before the connection is cut.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    /// <summary>What a caller is told to wait when the market is full.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long nothing more is read from a connection after a request that came too fast: a flood stays in its
    /// sender's own socket, and refusing it takes no processor from others.
    /// </summary>
    public static readonly TimeSpan PauseAfterRateLimited = TimeSpan.FromMilliseconds(1);

    /// <summary>What the operator allows.</summary>
    public OperatorLimits Limits { get; init; } = new();

    /// <summary>Whom the market admits; null for everybody.</summary>
    public AdmissionPolicy? Admission { get; init; }

    /// <summary>The market's clock as ledger time.</summary>
    public LedgerTime Now => LedgerTime.FromUtc(Time.GetUtcNow());
}
