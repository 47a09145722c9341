using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Simulations.Tests.LanguageModels;

/// <summary>A negotiation between two strategies, act by act.</summary>
/// <param name="Acts">Every act, in order.</param>
/// <param name="Agreement">What was agreed; null without agreement.</param>
/// <param name="Failure">What a strategy did wrong; null where none did.</param>
internal sealed record Play(ValueArray<PartyAct> Acts, Outcome? Agreement, string? Failure)
{
    public static Play Of(Agenda agenda, INegotiator first, INegotiator second, int rounds)
    {
        var space = new OutcomeSpace(agenda);
        var trace = new ActTrace();
        var result = new AlternatingOffers(space).Run([first, second], rounds, trace);
        return new Play(
            ValueArray.Create(trace.Acts), result.IsAgreement ? space[result.Agreement] : null, result.Failure);
    }
}
