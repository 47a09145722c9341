using System.Text;
using Market.Domain.Strategies;

namespace Market.Simulations.Tests.Running.Hosting;

// Strategies that are odd, and do nothing wrong: the tests load this assembly as a user's.

/// <summary>Writes whatever it can to the console, by all ways.</summary>
public sealed class Chattering(RankedOutcomes own) : INegotiator
{
    /// <summary>What it writes.</summary>
    public const string Words = "It is my turn.";

    public NegotiatorAct Act(in NegotiationView view)
    {
        Console.WriteLine(Words);
        using var output = Console.OpenStandardOutput();
        var garbage = "\0\0\u0001\u0012 garbage without an end of line " + new string('x', 9_999);
        output.Write(Encoding.UTF8.GetBytes(garbage));
        return view.CounterpartyOffer is { } offer && own.Utility.Of(offer) >= own.ReservationValue
            ? NegotiatorAct.Accept
            : NegotiatorAct.Propose(own.Best);
    }
}

/// <summary>Takes its time for every act, and not too much of it.</summary>
public sealed class Pondering(RankedOutcomes own) : INegotiator
{
    private static readonly ManualResetEventSlim Never = new();

    public NegotiatorAct Act(in NegotiationView view)
    {
        Never.Wait(TimeSpan.FromMilliseconds(60));
        return view.Round > 2 ? NegotiatorAct.Accept : NegotiatorAct.Propose(own.Best);
    }
}

/// <summary>Leaves 12 MB behind after every negotiation, for ever.</summary>
public sealed class Littering : INegotiator
{
    private static readonly List<byte[]> Litter = [];

    private readonly RankedOutcomes _own;

    public Littering(RankedOutcomes own)
    {
        _own = own;
        Litter.Add(new byte[12 << 20]);
    }

    public NegotiatorAct Act(in NegotiationView view) =>
        view.Round > 0 ? NegotiatorAct.Accept : NegotiatorAct.Propose(_own.Best);
}

/// <summary>Says where it runs, in a file, and never returns.</summary>
public sealed class Announcing(RankedOutcomes own) : INegotiator
{
    /// <summary>The variable that names the file.</summary>
    public const string FileVariable = "MARKET_TEST_PROCESS_FILE";

    private static readonly ManualResetEventSlim Never = new();

    public NegotiatorAct Act(in NegotiationView view)
    {
        var file = Environment.GetEnvironmentVariable(FileVariable)!;
        File.WriteAllText(file + ".new", $"{Environment.ProcessId}");
        File.Move(file + ".new", file);
        Never.Wait();
        return NegotiatorAct.Propose(own.Best);
    }
}

/// <summary>Offers what follows from every offer that it has learnt of, and who made it.</summary>
public sealed class Attentive(RankedOutcomes own) : RankedNegotiator(own)
{
    private ulong _heard = 1;

    public override void Observe(int party, int offer, in TurnView turn) =>
        _heard = unchecked((_heard * 1_000_003) + (ulong)((party * 7_919) + offer) + (ulong)turn.Round);

    public override bool Accepts(in TurnView turn) => false;

    public override int Bid(in TurnView turn) => (int)(_heard % (ulong)Own.Space.Count);
}
