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
    private int _acts;
    private long _thoughts;

    public NegotiatorAct Act(in NegotiationView view)
    {
        while (_acts >= 2)
        {
            _thoughts = unchecked(_thoughts + 1);
        }

        _acts++;
        return NegotiatorAct.Propose(own.Best);
    }
}

/// <summary>Hangs where no thread can be stopped.</summary>
public sealed class Unstoppable(RankedOutcomes own) : INegotiator
{
    private static readonly ManualResetEventSlim Release = new();

    private readonly Eager _own = new(own);

    public NegotiatorAct Act(in NegotiationView view)
    {
        try
        {
            return _own.Act(view);
        }
        finally
        {
            Release.Wait();
        }
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
