using System.Diagnostics;
using Market.Simulations.Running.Users.Hosting;

namespace Market.Simulations.Tests.Support;

/// <summary>Programs as somebody runs them from a shell, each in a process of its own, to its end.</summary>
internal static class BuiltProgram
{
    /// <summary>Runs the simulations program, as it was built, with a key for models that opens nothing.</summary>
    /// <returns>Its exit code, and what it wrote.</returns>
    public static Task<(int Code, string Output, string Error)> RunAsync(params IEnumerable<string> words) =>
        RunInAsync(".", words);

    /// <summary>Runs the simulations program in a folder.</summary>
    public static Task<(int Code, string Output, string Error)> RunInAsync(
        string folder, params IEnumerable<string> words) =>
        RunInAsync(folder, "dotnet", [typeof(HostProgram).Assembly.Location, .. words]);

    /// <summary>Runs any program in a folder.</summary>
    public static async Task<(int Code, string Output, string Error)> RunInAsync(
        string folder, string program, IEnumerable<string> words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OPENAI_API_KEY"] = "secret" },
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
