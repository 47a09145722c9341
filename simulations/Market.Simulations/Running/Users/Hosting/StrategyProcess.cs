using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Market.Simulations.Commands;

namespace Market.Simulations.Running.Users.Hosting;

/// <summary>
/// The process that users' strategies run in: this program again, under a verb that people do not type. It does what
/// its parent asks over a socket, and is killed by it whenever a strategy hangs.
/// </summary>
internal static class StrategyProcess
{
    /// <summary>The verb.</summary>
    public const string Verb = "strategy-host";

    // A strategy that recurses without end overflows at the same depth on every machine.
    private const int StackBytes = 8 << 20;

    /// <summary>Serves until the parent is gone.</summary>
    /// <param name="path">The socket that the parent listens on.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string path)
    {
        // Ctrl-C reaches every process of a terminal; the parent decides what it means.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true);
        Console.SetIn(TextReader.Null);
        Console.SetOut(Console.Error);

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            Console.Error.WriteLine($"Tournaments start this by themselves, with a socket of theirs: {e.Message}");
            return CommandFailures.WrongInput;
        }

        // The parent holds the other end of standard input and never writes: its end is the parent's end, which a
        // strategy that never returns would not notice. Whatever it is doing, nothing stays behind.
        using var lifeline = Console.OpenStandardInput();
        new Thread(() => DieWith(lifeline)) { IsBackground = true, Name = "lifeline" }.Start();

        using var link = new HostLink(socket, HostLink.RequestBytesMax);
        var serving = new Thread(() => new StrategyServer(link).Serve(), StackBytes) { Name = "strategies" };
        serving.Start();
        serving.Join();
        return 0;
    }

    private static void DieWith(Stream lifeline)
    {
        Span<byte> nothing = stackalloc byte[1];
        while (lifeline.Read(nothing) > 0)
        {
        }

        Process.GetCurrentProcess().Kill();
    }
}
