using System.Diagnostics;
using Market.Simulations.Running.Users.Hosting;

namespace Market.Simulations.Tests.Commands;

/// <summary>The program as it was built, in a process of its own.</summary>
internal static class SimulationProgram
{
    /// <summary>A document of the repository.</summary>
    public static string Document(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Market.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("There is no Market.sln above.");
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", name));
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its exit code, and what it wrote.</returns>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OPENAI_API_KEY"] = "secret" },
        };
        start.ArgumentList.Add(typeof(HostProgram).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
