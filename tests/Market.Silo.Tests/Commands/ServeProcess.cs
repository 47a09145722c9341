using System.Diagnostics;
using System.Text.Json;
using Market.TestSupport;

namespace Market.Silo.Tests.Commands;

/// <summary>The program itself, as a process.</summary>
internal sealed class ServeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private ServeProcess(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(MarketHost).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _errors = Task.Run(_process.StandardError.ReadToEnd); // a pipe's own asynchronous read may block its caller
    }

    public int Id => _process.Id;

    public static ServeProcess Start(params string[] arguments) => new(arguments);

    /// <summary>The next line of its output, as JSON.</summary>
    public async Task<JsonElement> ReadLineAsync()
    {
        var line = await Task.Run(_process.StandardOutput.ReadLine).WaitAsync(Patience);
        if (line is null)
        {
            Assert.Fail($"It ended: {await _errors}");
        }

        return JsonSerializer.Deserialize<JsonElement>(line);
    }

    /// <summary>All that is left of its output, once it has ended.</summary>
    public Task<string> ReadAllAsync() => Task.Run(_process.StandardOutput.ReadToEnd).WaitAsync(Patience);

    /// <summary>Waits for its end: exit code and what it said on standard error.</summary>
    public async Task<(int ExitCode, string Errors)> WaitAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(timeout.Token);
        return (_process.ExitCode, StandardError.OfServer(await _errors));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
