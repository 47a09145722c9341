using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

/// <summary>Small agendas and utilities for the strategies' tests.</summary>
internal static class Some
{
    /// <summary>One price from a first to a last value.</summary>
    public static Agenda PriceAgenda(long minimum, long maximum, long step = 1) =>
        new(Currency.Usd, [Issue.TotalPrice(minimum, maximum, step)]);

    /// <summary>One issue whose outcome i has the i-th utility.</summary>
    public static RankedOutcomes Ranked(double reservationValue, params double[] utilities) =>
        new(new UtilityFunction(
            PriceAgenda(0, utilities.Length - 1), [ValueFunction.Table(utilities)], default, reservationValue));

    /// <summary>A view in a round of ten, with a counterparty's offer.</summary>
    public static NegotiationView View(Agenda agenda, int round, Outcome? offer, bool isFirm = true) =>
        new(Party.Buyer, agenda, round, 10, offer, isFirm);
}
