using System.Diagnostics;

namespace Market.EndToEnd.Tests.Support;

/// <summary>The program itself, run with a command that ends.</summary>
internal sealed class MarketProgram : IDisposable
{
    private readonly Process _process;

    private MarketProgram(Process process) => _process = process;

    /// <summary>Starts it.</summary>
    public static MarketProgram Start(params string[] arguments) => new(Process.Start(new ProcessStartInfo(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [typeof(Silo.MarketHost).Assembly.Location, .. arguments]))!);

    /// <summary>Waits for its end; its exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await Eventually.DoneAsync("the program's end", _process.WaitForExitAsync());
        return _process.ExitCode;
    }

    /// <summary>Copies a market's keys from one data folder to another, as its operator does.</summary>
    public static void CopyKeys(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(from, "keys"), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <inheritdoc/>
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
