using System.Diagnostics;

namespace Market.Benchmarks;

/// <summary>This program again, in another process: for load from outside, and for a process that is killed.</summary>
internal static class OwnProcess
{
    /// <summary>Starts it, with its standard input and output in our hands.</summary>
    public static Process Start(params IEnumerable<string> arguments) => Start(false, arguments);

    /// <summary>Starts it; what it says on standard error when it is cut off is nobody's business.</summary>
    public static Process StartToBeCutOff(params IEnumerable<string> arguments) => Start(true, arguments);

    private static Process Start(bool toBeCutOff, IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath
            ?? throw new InvalidOperationException("The path of this program is not known.");
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            RedirectStandardError = toBeCutOff,
        };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }
}
