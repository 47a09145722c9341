using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace Market.Client.Testing.Tests;

/// <summary>An agent's program as a process of its own, whose lines are read as they come.</summary>
internal sealed class AgentProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];
    private readonly Task<string> _errors;
    private readonly Task _reading;

    private AgentProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        _reading = ReadAsync();
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its assembly.</param>
    /// <param name="folder">Where it works.</param>
    /// <param name="arguments">Its arguments.</param>
    public static AgentProcess Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new AgentProcess(Process.Start(start)!);
    }

    /// <summary>The next line that begins so; fails where the program ends before.</summary>
    public async Task<string> LineAsync(string beginning)
    {
        using var patience = new CancellationTokenSource(Waiting.Patience);
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(patience.Token);
                _seen.Add(line);
                if (line.StartsWith(beginning, StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (Exception error) when (error is ChannelClosedException or OperationCanceledException)
        {
            var errors = _process.HasExited ? await _errors : "";
            throw new InvalidOperationException(
                $"'{beginning}' did not come ({error.GetType().Name}); seen: {string.Join(" | ", _seen)} {errors}");
        }
    }

    /// <summary>What <see cref="LineAsync"/> has passed by, its own lines included.</summary>
    public IReadOnlyList<string> Seen => _seen;

    /// <summary>Gives it lines on its standard input.</summary>
    public async Task GoAsync(int lines)
    {
        for (; lines > 0; lines--)
        {
            await _process.StandardInput.WriteLineAsync("go");
        }

        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ends it by SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().Soon();
    }

    /// <summary>Presses Ctrl-C, and waits for its end.</summary>
    public async Task<int> InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().Soon();
        return await ExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().Soon();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        await _reading.Soon();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        _lines.Writer.TryComplete();
    }
}
