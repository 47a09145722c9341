using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Market.Simulations.Running.Users.Hosting;

/// <summary>
/// A process that users' strategies run in, and the link to it: a socket in a folder that only this user can enter,
/// removed as soon as both ends are connected. Disposed, it is killed with all that it started.
/// </summary>
internal sealed class HostedProcess : IDisposable
{
    private const string Cure = "--in-process plays users' strategies in this process, where nothing can stop them.";
    private const int Interrupted = 130; // 128 + SIGINT
    private const int PollMicroseconds = 20_000;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private HostedProcess(Process process, HostLink link, HostOutput output) =>
        (_process, Link, Output) = (process, link, output);

    /// <summary>The link to it.</summary>
    public HostLink Link { get; }

    /// <summary>What it writes to the console.</summary>
    public HostOutput Output { get; }

    /// <summary>Its number in the system.</summary>
    public int Id => _process.Id;

    /// <summary>Memory that it holds, of any kind; 0 where it has ended.</summary>
    public long ResidentBytes
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.HasExited ? 0 : _process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0; // it ended between the two questions
            }
        }
    }

    /// <summary>Starts one, and waits until it has connected.</summary>
    /// <exception cref="RunRefusedException">It does not start.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted while it started.</exception>
    public static HostedProcess Start(HostOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("market-strategy-");
        try
        {
            var path = Path.Combine(folder.FullName, "link");
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
            var process = Process.Start(HostProgram.Start(path, options.MemoryMegabytes))!; // null with a shell only
            var output = new HostOutput(options.Output);
            output.Drain(process.StandardOutput.BaseStream);
            output.Drain(process.StandardError.BaseStream);
            var socket = Accepted(listener, process, output);
            return new HostedProcess(
                process, new HostLink(socket, HostLink.AnswerBytesMax, options.Patience), output);
        }
        catch (Exception e) when (e is Win32Exception or SocketException or ArgumentException)
        {
            throw new RunRefusedException($"The process for users' strategies does not start: {e.Message} {Cure}", e);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Waits until it has ended by itself, and says how.</summary>
    public string Ending()
    {
        _process.WaitForExit(EndPatience);
        Output.Wait(EndPatience);
        return Output.LastWords ?? (_process.HasExited
            ? string.Create(CultureInfo.InvariantCulture, $"exit code {_process.ExitCode}")
            : "it closed its connection");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill(_process, Output);
        Link.Dispose();
    }

    private static void Kill(Process process, HostOutput output)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        output.Wait(EndPatience); // what it wrote last is in the pipe, and would go with it
        process.Dispose();
    }

    private static Socket Accepted(Socket listener, Process process, HostOutput output)
    {
        var began = Stopwatch.GetTimestamp();
        while (!listener.Poll(PollMicroseconds, SelectMode.SelectRead))
        {
            var hasEnded = process.HasExited;
            if (!hasEnded && Stopwatch.GetElapsedTime(began) < StartPatience)
            {
                continue;
            }

            if (hasEnded && process.ExitCode == Interrupted)
            {
                throw new OperationCanceledException("Stopped while a strategy's process was starting.");
            }

            output.Wait(EndPatience);
            var why = hasEnded ? $"exit code {process.ExitCode}" : "no answer";
            Kill(process, output);
            throw new RunRefusedException(
                $"The process for users' strategies does not start: {output.LastWords ?? why}. {Cure}");
        }

        return listener.Accept();
    }
}
