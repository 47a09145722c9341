using System.Diagnostics;
using System.Globalization;

namespace Market.Simulations.Running.Users.Hosting;

/// <summary>How this program starts itself again.</summary>
internal static class HostProgram
{
    /// <summary>The start of a process for users' strategies.</summary>
    /// <param name="socket">Path of the socket that it is to connect to.</param>
    /// <param name="memoryMegabytes">Largest heap.</param>
    public static ProcessStartInfo Start(string socket, int memoryMegabytes)
    {
        var assembly = typeof(HostProgram).Assembly;
        var running = Environment.ProcessPath;
        var name = Path.GetFileNameWithoutExtension(running);
        var isItself = name == assembly.GetName().Name;
        var start = new ProcessStartInfo(isItself ? running! : name == "dotnet" ? running! : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!isItself)
        {
            start.ArgumentList.Add(assembly.Location);
        }

        start.ArgumentList.Add(StrategyProcess.Verb);
        start.ArgumentList.Add(socket);
        start.Environment["DOTNET_GCHeapHardLimit"] =
            "0x" + ((long)memoryMegabytes << 20).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";

        // A process that is killed would leave its socket for debuggers behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }
}
