using Market.Domain.Strategies;

namespace Market.Simulations.Tests.Running;

// Strategies as users write them, good and bad: the tests load this assembly as a user's.

/// <summary>Offers its best outcome and accepts anything no worse than no agreement.</summary>
public sealed class Eager(RankedOutcomes own) : INegotiator
{
    public NegotiatorAct Act(in NegotiationView view) =>
        view.CounterpartyOffer is { } offer && own.Utility.Of(offer) >= own.ReservationValue
            ? NegotiatorAct.Accept
            : NegotiatorAct.Propose(own.Best);
}

/// <summary>Offers any outcome at all.</summary>
public sealed class Dicing(RankedOutcomes own, ulong seed) : INegotiator
{
    private readonly SeededGenerator _dice = new(seed);

    public NegotiatorAct Act(in NegotiationView view) =>
        NegotiatorAct.Propose(own.Space[(int)(_dice.NextBits() % (ulong)own.Space.Count)]);
}

/// <summary>Thinks for ever from its third act on.</summary>
public sealed class Endless(RankedOutcomes own) : INegotiator
{
    private static readonly ManualResetEventSlim Thought = new();

    private int _acts;

    public NegotiatorAct Act(in NegotiationView view)
    {
        if (++_acts > 2)
        {
            Thought.Wait();
        }

        return NegotiatorAct.Propose(own.Best);
    }
}

/// <summary>Takes a second for its third act.</summary>
public sealed class Dawdling(RankedOutcomes own) : INegotiator
{
    private static readonly ManualResetEventSlim Never = new();

    private int _acts;

    public NegotiatorAct Act(in NegotiationView view)
    {
        if (++_acts == 3)
        {
            Never.Wait(TimeSpan.FromSeconds(1));
        }

        return NegotiatorAct.Propose(own.Best);
    }
}

/// <summary>Throws at its second act, two lines of text.</summary>
public sealed class Throwing(RankedOutcomes own) : INegotiator
{
    private int _acts;

    public NegotiatorAct Act(in NegotiationView view) => _acts++ == 0
        ? NegotiatorAct.Propose(own.Best)
        : throw new InvalidOperationException("It is broken,\n\"utterly\".");
}

/// <summary>Cannot be made.</summary>
public sealed class Stillborn : INegotiator
{
    public Stillborn(RankedOutcomes own) => throw new NotSupportedException($"Not for {own.Space.Count} outcomes.");

    public NegotiatorAct Act(in NegotiationView view) => NegotiatorAct.End;
}

/// <summary>Accepts although nothing was offered.</summary>
public sealed class Hasty(RankedOutcomes own) : INegotiator
{
    public RankedOutcomes Own => own;

    public NegotiatorAct Act(in NegotiationView view) => NegotiatorAct.Accept;
}
