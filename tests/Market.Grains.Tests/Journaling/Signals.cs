using System.Diagnostics;
using System.Globalization;

namespace Market.Grains.Tests.Journaling;

/// <summary>Freezes and wakes another process.</summary>
internal static class Signals
{
    public static void Stop(int process) => Send("-STOP", process);

    public static void Continue(int process) => Send("-CONT", process);

    private static void Send(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
