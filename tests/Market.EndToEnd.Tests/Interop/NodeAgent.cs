using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Market.TestSupport;

namespace Market.EndToEnd.Tests.Interop;

/// <summary>The agent in JavaScript, which knows the market by docs/wire.md alone, as a process.</summary>
internal sealed class NodeAgent : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private NodeAgent(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts it.</summary>
    /// <param name="role">"buyer" or "seller".</param>
    /// <param name="market">Where its market is.</param>
    /// <param name="more">What else it is told.</param>
    public static NodeAgent Start(string role, Uri market, params string[] more)
    {
        var uri = new UriBuilder(market) { Scheme = "ws", Path = "/ws" }.Uri;
        var start = new ProcessStartInfo(
            "node", [NodeScripts.PathOf("agent.mjs"), role, uri.ToString(), $"javascript-{role}", .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        return new NodeAgent(Process.Start(start)!);
    }

    /// <summary>Waits for its end: what it said, by the names of its events.</summary>
    public async Task<ILookup<string, JsonElement>> FinishAsync()
    {
        await Eventually.DoneAsync("the JavaScript agent's end", _process.WaitForExitAsync());
        Assert.True(_process.ExitCode == 0, $"{await _errors}\n{await _output}");
        return (await _output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonSerializer.Deserialize<JsonElement>(line))
            .ToLookup(static line => line.GetProperty("event").GetString()!);
    }

    /// <summary>Waits for its failure: what it said of it.</summary>
    public async Task<string> FailAsync()
    {
        await Eventually.DoneAsync("the JavaScript agent's end", _process.WaitForExitAsync());
        Assert.NotEqual(0, _process.ExitCode);
        return await _errors;
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
    }
}
