using Market.Silo;

namespace Market.EndToEnd.Tests.Support;

/// <summary>A market in memory, served on a free port to real connections.</summary>
internal sealed class TestMarket : IAsyncDisposable
{
    /// <summary>What each buyer has at the start.</summary>
    public const long StartingCents = 1_000_000_00;

    private readonly MarketHost _host;

    private TestMarket(MarketHost host) => _host = host;

    /// <summary>Where agents connect.</summary>
    public Uri Uri => _host.Uri;

    /// <summary>Starts one.</summary>
    /// <param name="startingCents">What each buyer has at the start.</param>
    public static async Task<TestMarket> StartAsync(long startingCents = StartingCents) =>
        new(await MarketHost.StartAsync(new MarketSiloOptions
        {
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            StartingBalance = Wares.Dollars(startingCents),
            FeeBasisPoints = Wares.FeeBasisPoints,
        }));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
