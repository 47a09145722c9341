namespace Market.Domain.Strategies;

/// <summary>How many moves of a party were of each class.</summary>
/// <param name="Fortunate">Raised both utilities.</param>
/// <param name="Selfish">Raised the own, and not the counterparty's.</param>
/// <param name="Concession">Lowered the own, and not the counterparty's.</param>
/// <param name="Nice">Raised the counterparty's at no cost.</param>
/// <param name="Silent">Changed neither.</param>
/// <param name="Unfortunate">Lowered the counterparty's without a gain of its own.</param>
public readonly record struct MoveCounts(
    int Fortunate, int Selfish, int Concession, int Nice, int Silent, int Unfortunate)
{
    /// <summary>Changes of a utility up to this are none.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>All moves.</summary>
    public int Total => Fortunate + Selfish + Concession + Nice + Silent + Unfortunate;

    /// <summary>A number of moves as a share of all; 0 without moves.</summary>
    public double ShareOf(int moves) => Total == 0 ? 0 : (double)moves / Total;

    /// <summary>The class of a move by what it changed.</summary>
    /// <param name="own">Change of the own utility.</param>
    /// <param name="other">Change of the counterparty's utility; of several, of their sum.</param>
    public static MoveClass ClassOf(double own, double other) => (Sign(own), Sign(other)) switch
    {
        (0, 0) => MoveClass.Silent,
        (1, 1) => MoveClass.Fortunate,
        (1, _) => MoveClass.Selfish,
        (0, 1) => MoveClass.Nice,
        (_, -1) => MoveClass.Unfortunate,
        _ => MoveClass.Concession,
    };

    /// <summary>The moves of a party among all acts of a negotiation.</summary>
    /// <param name="acts">All acts, in order.</param>
    /// <param name="party">The party, from 0.</param>
    /// <param name="profiles">All parties' ranked outcomes, in the order of play.</param>
    public static MoveCounts Of(
        ReadOnlySpan<PartyAct> acts, int party, ReadOnlySpan<RankedOutcomes> profiles)
    {
        Span<int> counts = stackalloc int[6];
        var before = TurnView.NoOffer;
        foreach (var act in acts)
        {
            if (act.Party != party || act.Kind != NegotiatorActKind.Propose)
            {
                continue;
            }

            if (before >= 0)
            {
                var own = profiles[party].UtilityOf(act.Outcome) - profiles[party].UtilityOf(before);
                var others = 0.0;
                for (var i = 0; i < profiles.Length; i++)
                {
                    others += i == party ? 0 : profiles[i].UtilityOf(act.Outcome) - profiles[i].UtilityOf(before);
                }

                counts[(int)ClassOf(own, others)]++;
            }

            before = act.Outcome;
        }

        return new MoveCounts(
            counts[(int)MoveClass.Fortunate],
            counts[(int)MoveClass.Selfish],
            counts[(int)MoveClass.Concession],
            counts[(int)MoveClass.Nice],
            counts[(int)MoveClass.Silent],
            counts[(int)MoveClass.Unfortunate]);
    }

    private static int Sign(double change) => change > Tolerance ? 1 : change < -Tolerance ? -1 : 0;
}
