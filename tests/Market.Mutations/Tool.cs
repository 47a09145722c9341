using System.Diagnostics;
using System.Text;

namespace Market.Mutations;

/// <summary>What a program said and how it ended.</summary>
internal readonly record struct ToolResult(int ExitCode, string Output);

/// <summary>Runs other programs.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end; cancelled, it is killed with all that it started.</summary>
    public static async Task<ToolResult> RunAsync(
        string folder, string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
                ["DOTNET_NOLOGO"] = "1",
            },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new DefectException($"{program} did not start.");
        await using var kill = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var output = new StringBuilder();
        await Task.WhenAll(GatherAsync(process.StandardOutput, output), GatherAsync(process.StandardError, output));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        return new ToolResult(process.ExitCode, output.ToString());
    }

    private static async Task GatherAsync(StreamReader reader, StringBuilder into)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (into)
            {
                into.AppendLine(line);
            }
        }
    }
}
