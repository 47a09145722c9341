using Market.Domain;
using Market.Domain.Strategies;
using Market.Simulations.Results;

namespace Market.Simulations.Running;

/// <summary>One act of a negotiation, as people see it.</summary>
/// <param name="Round">The round, from 0.</param>
/// <param name="Seat">Who acted, from 0.</param>
/// <param name="Act">The number in the log.</param>
/// <param name="Outcome">What was offered or accepted; <see cref="TurnView.NoOffer"/> for an end.</param>
/// <param name="Utilities">What it is worth to each seat; empty for an end.</param>
/// <param name="Class">The class of an offer against the same party's previous one; empty for the first.</param>
internal sealed record NegotiationStep(
    int Round, int Seat, int Act, int Outcome, ValueArray<double> Utilities, string Class)
{
    /// <summary>Whether it is an offer.</summary>
    public bool IsOffer => Act >= 0;

    /// <summary>What was done, in a word.</summary>
    public string Word => Act switch
    {
        >= 0 => "offer",
        ActLog.Accept => "accept",
        ActLog.End => "end",
        _ => "failure",
    };

    /// <summary>The steps of a logged negotiation.</summary>
    public static IReadOnlyList<NegotiationStep> Of(StageBench bench, int rotation, ReadOnlySpan<int> acts)
    {
        var seats = bench.Seats(rotation);
        var steps = new List<NegotiationStep>(acts.Length);
        var previous = new int[seats.Count];
        Array.Fill(previous, TurnView.NoOffer);
        var standing = TurnView.NoOffer;
        for (var i = 0; i < acts.Length; i++)
        {
            var (act, seat) = (acts[i], i % seats.Count);
            var outcome = act >= 0 ? act : act == ActLog.Accept ? standing : TurnView.NoOffer;
            var word = string.Empty;
            if (act >= 0)
            {
                word = previous[seat] >= 0 ? ClassOf(seats, seat, previous[seat], act) : string.Empty;
                previous[seat] = standing = act;
            }

            steps.Add(new NegotiationStep(
                i / seats.Count, seat, act, outcome,
                outcome >= 0 ? seats.Select(own => own.UtilityOf(outcome)).ToValueArray() : [],
                word));
        }

        return steps;
    }

    private static string ClassOf(ValueArray<RankedOutcomes> seats, int seat, int from, int to)
    {
        double ChangeOf(int of) => seats[of].UtilityOf(to) - seats[of].UtilityOf(from);
        var others = Enumerable.Range(0, seats.Count).Where(other => other != seat).Sum(ChangeOf);
        return MoveCounts.ClassOf(ChangeOf(seat), others).ToString().ToLowerInvariant();
    }
}
