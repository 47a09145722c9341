using Market.Domain;

namespace Market.Client.Testing;

/// <summary>How a <see cref="MarketTestServer"/> behaves. The defaults suit most tests.</summary>
public sealed record MarketTestServerOptions
{
    /// <summary>What each new buyer's principal has to spend; null for nothing.</summary>
    public Money? StartingBalance { get; init; } = new(1_000_000, Currency.Usd);

    /// <summary>The market's fee on a deal, in 1/100 percent; none, so that prices are what they look like.</summary>
    public int FeeBasisPoints { get; init; }

    /// <summary>Whether firm offers and accepts must be signed, as in a real market.</summary>
    public bool SignaturesRequired { get; init; } = true;

    /// <summary>
    /// Whether the market is kept in files of its own until the server is disposed of, so that it survives
    /// <see cref="MarketTestServer.RestartAsync"/>; slower than in memory.
    /// </summary>
    public bool IsDurable { get; init; }

    /// <summary>The clock of the market and of the clients that the server makes.</summary>
    public TestClock Clock { get; init; } = new();
}
