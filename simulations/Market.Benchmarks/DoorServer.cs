using System.Diagnostics;
using Market.Domain;
using Market.Silo;

namespace Market.Benchmarks;

/// <summary>A server in a process of its own, so that nothing of another one's memory or code weighs on it.</summary>
internal sealed class DoorServer : IDisposable
{
    /// <summary>Kestrel that sends every message back.</summary>
    public const string Echo = "echo";

    /// <summary>A market whose journal is in memory.</summary>
    public const string Memory = "memory";

    private readonly Process _process;

    private DoorServer(Process process, Uri uri) => (_process, Uri) = (process, uri);

    /// <summary>Where agents connect.</summary>
    public Uri Uri { get; }

    /// <summary>Starts one.</summary>
    /// <param name="what"><see cref="Echo"/>, <see cref="Memory"/>, or the data folder of a market.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<DoorServer> StartAsync(string what, CancellationToken cancellationToken)
    {
        var process = OwnProcess.Start("host", what);
        var uri = await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException($"The server process '{what}' ended before it served.");
        return new DoorServer(process, new Uri(uri));
    }

    /// <summary>The server process itself: says its address, and serves until its standard input ends.</summary>
    public static async Task<int> MainAsync(string what)
    {
        await using var server = what == Echo
            ? await EchoAsync()
            : await MarketAsync(what == Memory ? null : what);
        Console.WriteLine(server.Uri);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>A market in this process that counts nobody's requests.</summary>
    /// <param name="folder">Its data folder; null for memory.</param>
    /// <param name="signed">Whether it requires signed acts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<MarketHost> StartMarketAsync(string? folder, bool signed, CancellationToken cancellationToken) =>
        MarketHost.StartAsync(
            new MarketSiloOptions
            {
                DataFolder = folder,
                Endpoints = MarketSiloOptions.AnyLoopbackPort,
                SignaturesRequired = signed,
                Limits = OperatorLimits.ForMeasuring,
                StartingBalance = new Money(MarketLimits.AmountMax / 1000_000, Currency.Usd),
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<Serving> EchoAsync()
    {
        var (server, uri) = await EchoServer.StartAsync();
        return new Serving(server, uri);
    }

    private static async Task<Serving> MarketAsync(string? folder)
    {
        var host = await StartMarketAsync(folder, signed: false, CancellationToken.None);
        return new Serving(host, host.AgentsUri);
    }

    private sealed record Serving(IAsyncDisposable Server, Uri Uri) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
