using System.Diagnostics;
using System.Globalization;
using Market.Domain.Hosting;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Domain.Wire;

namespace Market.Simulations.Running.Users.Hosting;

/// <summary>
/// Lets users' strategies of one seat act in a process of their own. Where an act takes too long, ends the process or
/// uses up its memory, the process is killed, and the next negotiation gets a new one. For one worker.
/// </summary>
/// <param name="options">What the process may take.</param>
internal sealed class StrategyHost(HostOptions options) : IDisposable
{
    private const int ActsBetweenLooks = 256;

    private static readonly TimeSpan SetupLimit = TimeSpan.FromMinutes(2);

    private readonly Dictionary<RankedOutcomes, int> _outcomes = [];
    private readonly Dictionary<UserCode, int> _strategies = [];
    private HostedProcess? _process;
    private Agenda? _agenda;
    private long _negotiations;
    private long _acts;

    /// <summary>What the latest negotiation came to.</summary>
    public HostFault Fault { get; private set; }

    /// <summary>Whether the process of the latest negotiation has played others before it.</summary>
    public bool HasPlayedBefore => _negotiations > 1;

    /// <summary>The process's number in the system; null where none runs.</summary>
    public int? ProcessId => _process?.Id;

    /// <summary>Gets ready for a negotiation.</summary>
    /// <param name="code">The strategy.</param>
    /// <param name="own">Its outcomes.</param>
    /// <param name="seed">Seed of its chance.</param>
    /// <param name="side">The side that it sees itself on.</param>
    /// <exception cref="RunRefusedException">The process does not start, or cannot do what is asked.</exception>
    public void Begin(UserCode code, RankedOutcomes own, ulong seed, Party side)
    {
        try
        {
            BeginOnce(code, own, seed, side);
        }
        catch (RunRefusedException) when (Fault != HostFault.None && HasPlayedBefore)
        {
            // An earlier negotiation has left something in the process that broke it now: that is nobody's fault here.
            BeginOnce(code, own, seed, side);
        }
    }

    /// <summary>The strategy's act.</summary>
    /// <exception cref="StrategyFailureException">What it did wrong.</exception>
    public TurnAct Act(in TurnView turn, SeenOffers seen)
    {
        if (_process is not { } process)
        {
            throw new InvalidOperationException("The strategy has failed; it has no more turn.");
        }

        using (var writer = MessagePackWriter.Rent())
        {
            HostActs.WriteTurn(writer, turn, seen);
            process.Link.Post(HostFrame.Turn, writer.Written);
        }

        if (++_acts % ActsBetweenLooks == 0 && process.ResidentBytes > options.ResidentBytesMax)
        {
            throw Broken(TooMuchMemory);
        }

        var frame = Ask(process, options.TimeLimit, out var body);
        try
        {
            return frame switch
            {
                HostFrame.Acted => HostActs.ReadAct(body),
                HostFrame.Failed => throw new StrategyFailureException(WireFormat.Decode<string>(body)),
                HostFrame.OutOfMemory => throw Broken(TooMuchMemory),
                _ => throw Broken(NoAnswer),
            };
        }
        catch (WireFormatException)
        {
            throw Broken(NoAnswer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private static string NoAnswer => "answered with what is no answer";

    private string TooMuchMemory => string.Create(
        CultureInfo.InvariantCulture, $"{HostFailures.Memory} {options.MemoryMegabytes} MB of memory");

    private void BeginOnce(UserCode code, RankedOutcomes own, ulong seed, Party side)
    {
        if (_process is null)
        {
            _process = HostedProcess.Start(options);
            _outcomes.Clear();
            _strategies.Clear();
            (_negotiations, _agenda) = (0, null);
        }

        _negotiations++;
        Fault = HostFault.None;
        var begin = new HostBegin(SlotOf(code), SlotOf(own), seed, side);
        Post(HostFrame.Begin, begin);
    }

    private int SlotOf(UserCode code)
    {
        if (_strategies.TryGetValue(code, out var slot))
        {
            return slot;
        }

        slot = _strategies.Count;
        Post(HostFrame.Load, new HostLoad(slot, code));
        SetUp();
        _strategies.Add(code, slot);
        return slot;
    }

    private int SlotOf(RankedOutcomes own)
    {
        if (_outcomes.TryGetValue(own, out var slot))
        {
            return slot;
        }

        if (!ReferenceEquals(_agenda, own.Space.Agenda))
        {
            // Another scenario: what was ranked before is not needed any more, there and here.
            _agenda = own.Space.Agenda;
            _outcomes.Clear();
        }

        slot = _outcomes.Count;
        Post(HostFrame.Prepare, new HostPrepare(slot, own.Space.Agenda, HostedUtility.Of(own.Utility)));
        SetUp();
        _outcomes.Add(own, slot);
        return slot;
    }

    private void SetUp()
    {
        try
        {
            var frame = Ask(_process!, SetupLimit, out var body);
            if (frame != HostFrame.Done)
            {
                throw new StrategyFailureException(
                    frame == HostFrame.Failed ? WireFormat.Decode<string>(body) : NoAnswer);
            }
        }
        catch (StrategyFailureException e)
        {
            throw new RunRefusedException($"A process of users' strategies could not be set up: {e.Message}.", e);
        }
    }

    private void Post<T>(HostFrame frame, T message)
    {
        using var writer = MessagePackWriter.Rent();
        WireFormat.Write(writer, message);
        _process!.Link.Post(frame, writer.Written);
    }

    private HostFrame Ask(HostedProcess process, TimeSpan limit, out ReadOnlySpan<byte> body)
    {
        var began = Stopwatch.GetTimestamp();
        if (!process.Link.Flush())
        {
            throw Broken(EndingOf(process));
        }

        while (true)
        {
            var state = process.Link.Receive(out var frame, out body);
            switch (state)
            {
                case HostLinkState.Frame when Stopwatch.GetElapsedTime(began) <= limit:
                    return frame;
                case HostLinkState.Closed:
                    throw Broken(EndingOf(process));
                case HostLinkState.Malformed:
                    throw Broken(NoAnswer);
                case HostLinkState.Waiting:
                    LookAfter(process);
                    break;
            }

            if (Stopwatch.GetElapsedTime(began) > limit)
            {
                Fail(HostFault.TimedOut);
                throw new StrategyFailureException(string.Create(
                    CultureInfo.InvariantCulture, $"{HostFailures.TooLong} {limit.TotalSeconds} s for one act"));
            }
        }
    }

    private void LookAfter(HostedProcess process)
    {
        // The runtime then walks the stack for seconds, in which the act would count as slow.
        if (process.Output.LastWords is { } words
            && words.StartsWith(HostOutput.StackOverflow, StringComparison.Ordinal))
        {
            throw Broken($"{HostFailures.Ended}: {words}");
        }

        if (process.ResidentBytes > options.ResidentBytesMax)
        {
            throw Broken(TooMuchMemory);
        }
    }

    private string EndingOf(HostedProcess process)
    {
        var ending = process.Ending();
        return ending.StartsWith("Out of memory", StringComparison.Ordinal)
            ? TooMuchMemory
            : $"{HostFailures.Ended}: {ending}";
    }

    private StrategyFailureException Broken(string what)
    {
        Fail(HostFault.Broke);
        return new StrategyFailureException(what);
    }

    private void Fail(HostFault fault)
    {
        Fault = fault;
        Stop();
    }

    private void Stop()
    {
        _process?.Dispose();
        _process = null;
    }
}
