using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Market.TestSupport;

namespace Market.Chaos.Killing;

/// <summary>The program itself, `market serve`, as a process that can be killed.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;
    private bool _isDisposed;

    private ServeProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        Ready = ReadReadyAsync();
    }

    /// <summary>Whether it came to serve; false where it ended before.</summary>
    public Task<bool> Ready { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts it on a folder and a port; it is not ready yet.</summary>
    public static ServeProcess Start(StorePlace place, int port, params string[] more)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            typeof(Silo.MarketHost).Assembly.Location,
            "serve", "--data", place.Folder, "--urls", UriOf(port).ToString(), "--json", .. more,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["MARKET_STORE"] = place.Store; // it has a password, which command lines show to everybody
        return new ServeProcess(Process.Start(start)!);
    }

    /// <summary>Starts it and waits until it serves.</summary>
    public static async Task<ServeProcess> StartReadyAsync(StorePlace place, int port, params string[] more)
    {
        var server = Start(place, port, more);
        if (!await Eventually.DoneAsync("the server is ready", server.Ready))
        {
            throw new RunFailedException($"The server ended before it was ready: {await server._errors}");
        }

        return server;
    }

    /// <summary>Where it listens.</summary>
    public static Uri UriOf(int port) => new($"http://127.0.0.1:{port}");

    /// <summary>Ends it by SIGKILL: it has no chance to write or say anything more.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Sends it a signal by its name, such as TERM.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
        {
            throw new RunFailedException($"SIG{name} could not be sent.");
        }
    }

    /// <summary>Waits for its end: the exit code and what it said on standard error.</summary>
    public async Task<(int ExitCode, string Errors)> ExitAsync()
    {
        await Eventually.DoneAsync("the server's end", _process.WaitForExitAsync());
        return (_process.ExitCode, StandardError.OfServer(await _errors));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task<bool> ReadReadyAsync() =>
        await _process.StandardOutput.ReadLineAsync() is { } line
        && JsonSerializer.Deserialize<JsonElement>(line).GetProperty("event").GetString() == "ready";
}
