using System.Diagnostics;

namespace Market.Simulations.Tests.Guide;

/// <summary>Programs as somebody runs them from a shell.</summary>
internal static class BuiltProgram
{
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "Market.Simulations.dll");

    /// <summary>Runs the simulations program, as it was built, in a folder.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync(
        string folder, params IEnumerable<string> words) => RunAsync(folder, "dotnet", [Path, .. words]);

    /// <summary>Runs any program in a folder, to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(
        string folder, string program, IEnumerable<string> words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
