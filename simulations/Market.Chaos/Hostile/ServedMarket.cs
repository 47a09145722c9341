using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Market.Chaos.Hostile;

/// <summary>`market serve` as a process of its own, on a folder of its own.</summary>
internal sealed class ServedMarket : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly string _folder;

    private ServedMarket(Process process, string folder)
    {
        (_process, _folder) = (process, folder);
        _errors = Blocking.Run(process.StandardError.ReadToEnd);
    }

    /// <summary>Its WebSocket address.</summary>
    public Uri Uri { get; private set; } = null!;

    /// <summary>Its data folder.</summary>
    public string Folder => _folder;

    /// <summary>Memory of the process that is in use now, in bytes.</summary>
    public long MemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>
    /// Starts it and waits until it serves, with its usual limits, but for the times and the number of connections that
    /// an attack is made of.
    /// </summary>
    public static async Task<ServedMarket> StartAsync(AttackSize size)
    {
        // Beside the idle connections there must be room for the honest agents.
        string[] limits =
        [
            $"handshake-seconds={size.SlowSeconds}", $"frame-seconds={size.SlowSeconds}",
            string.Create(CultureInfo.InvariantCulture, $"connections={size.Connections + 500}"),
        ];
        var folder = Directory.CreateTempSubdirectory("market-hostile-").FullName;
        var market = new ServedMarket(Start(
        [
            "serve", "--data", folder, "--urls", "http://127.0.0.1:0", "--json",
            "--starting-balance", "10000000.00", .. limits.SelectMany(static limit => new[] { "--limit", limit }),
        ]), folder);
        var line = await market._process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
            ?? throw new InvalidOperationException($"The server ended: {await market._errors}");
        using var ready = JsonDocument.Parse(line);
        var url = ready.RootElement.GetProperty("urls")[0].GetString()!;
        market.Uri = new UriBuilder(url) { Scheme = Uri.UriSchemeWs, Path = "/ws" }.Uri;
        return market;
    }

    /// <summary>Ends it in good order: its exit code, and what it said on standard error.</summary>
    public async Task<(int ExitCode, string Errors)> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var timeout = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(timeout.Token);
        return (_process.ExitCode, await _errors);
    }

    /// <summary>Whether an offline audit finds its books sound; it must have ended.</summary>
    public async Task<bool> IsSoundAsync()
    {
        using var audit = Start(["audit", "verify", "--data", _folder, "--json"]);
        var output = audit.StandardOutput.ReadToEndAsync();
        var errors = audit.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(Patience);
        await audit.WaitForExitAsync(timeout.Token);
        await Task.WhenAll(output, errors);
        return audit.ExitCode == 0;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Process Start(string[] arguments) => Process.Start(
        new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [typeof(Silo.MarketHost).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("The server did not start.");
}
