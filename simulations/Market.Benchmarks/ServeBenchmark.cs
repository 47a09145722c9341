using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Market.Benchmarks;

/// <summary>
/// How long `market serve` takes, as a process with a data folder: from its start until it serves, and from SIGTERM,
/// while agents deal as fast as they can, until it has ended in good order.
/// </summary>
public sealed class ServeBenchmark : IBenchmark
{
    private const double ReadyMillisecondsMax = 2_000;
    private const double StopMillisecondsMax = 2_000;
    private const int Connections = 64;

    /// <inheritdoc/>
    public string Name => "serve";

    /// <inheritdoc/>
    public string Description => "From the server's start until it serves, and from SIGTERM under load to its end.";

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var (ready, stopped, watch) = (new List<double>(), new List<double>(), Stopwatch.StartNew());
        for (var run = 0; run < (quick ? 1 : 5); run++)
        {
            using var folder = new JournalBenchmarkFolder();
            var started = Stopwatch.GetTimestamp();
            using var server = Start(folder.Path);
            var uri = await ReadyAsync(server, cancellationToken);
            ready.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            stopped.Add(await StopUnderLoadAsync(server, uri, cancellationToken));
            log($"serves after {ready[^1]:N0} ms, ended {stopped[^1]:N0} ms after SIGTERM");
        }

        report(FigureResult.Absolute(
            "serve until ready, slowest", ready.Max(), "ms", ReadyMillisecondsMax, watch.Elapsed.TotalSeconds, true));
        report(FigureResult.Absolute(
            "SIGTERM under load until ended, slowest", stopped.Max(), "ms", StopMillisecondsMax,
            watch.Elapsed.TotalSeconds, true));
    }

    private static Process Start(string folder)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
        };
        string[] arguments =
        [
            typeof(Silo.MarketHost).Assembly.Location,
            "serve", "--data", folder, "--urls", "http://127.0.0.1:0", "--json",
            "--starting-balance", "1000000.00",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
    }

    private static async Task<Uri> ReadyAsync(Process server, CancellationToken cancellationToken)
    {
        var line = await server.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("The server ended before it served.");
        var url = JsonDocument.Parse(line).RootElement.GetProperty("urls")[0].GetString()!;
        return new UriBuilder(url) { Scheme = Uri.UriSchemeWs, Path = "/ws" }.Uri;
    }

    private static async Task<double> StopUnderLoadAsync(Process server, Uri uri, CancellationToken cancellationToken)
    {
        using var load = OwnProcess.StartToBeCutOff(
            "load", "signed-deals", uri.ToString(), Connections.ToString(CultureInfo.InvariantCulture), "1000000");
        try
        {
            await load.StandardOutput.ReadLineAsync(cancellationToken); // all have joined
            await load.StandardInput.WriteLineAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            var asked = Stopwatch.GetTimestamp();
            using var kill = Process.Start(
                "kill", ["-TERM", server.Id.ToString(CultureInfo.InvariantCulture)]);
            await server.WaitForExitAsync(cancellationToken);
            var took = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            return server.ExitCode == 0
                ? took
                : throw new InvalidOperationException($"The server ended with {server.ExitCode}.");
        }
        finally
        {
            load.Kill();
        }
    }
}
