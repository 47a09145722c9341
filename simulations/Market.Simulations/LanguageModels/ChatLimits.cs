using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Simulations.LanguageModels;

/// <summary>
/// The limits around a model, held by code: whatever it answers, and whatever made it answer so, nothing passes that is
/// not of the agenda or that is worth less than the limit.
/// </summary>
/// <param name="own">The own outcomes, ranked by the own utility.</param>
/// <param name="leastUtility">A limit above the reservation value; null for that value.</param>
internal sealed class ChatLimits(RankedOutcomes own, double? leastUtility)
{
    /// <summary>The least own utility that passes.</summary>
    public double Least { get; } = Math.Max(own.Utility.ReservationValue, leastUtility ?? double.NegativeInfinity);

    /// <summary>Whether any outcome passes.</summary>
    public bool LeaveAnything => own.UtilityMax >= Least;

    /// <summary>Why an act does not pass; null where it does.</summary>
    public ChatProblem? Refuse(NegotiatorAct act, in NegotiationView view) => act.Kind switch
    {
        NegotiatorActKind.End => null,
        NegotiatorActKind.Accept when view.CounterpartyOffer is not { } => ChatProblem.NothingToAccept,
        NegotiatorActKind.Accept when !view.IsCounterpartyOfferFirm => ChatProblem.NothingToAccept,
        NegotiatorActKind.Accept => Refuse(view.CounterpartyOffer!.Value),
        _ => Refuse(act.Outcome),
    };

    private ChatProblem? Refuse(Outcome outcome) =>
        !own.Space.Agenda.Contains(outcome) ? ChatProblem.OutOfAgenda
        : own.Utility.Of(outcome) >= Least ? null
        : ChatProblem.BelowLimit; // also where the limit is not a number
}
