using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.LanguageModels;
using Microsoft.Extensions.AI;

namespace Market.Simulations.Tests.LanguageModels;

/// <summary>What these tests' negotiators negotiate: a price and a warranty; the buyer's limit is 80.00.</summary>
internal static class Bargain
{
    public const int Rounds = 20;

    public static Agenda Agenda { get; } = new(
        Currency.Usd, [Issue.TotalPrice(1_000, 10_000, 50), Issue.Choice("warranty", "none", "one year")]);

    public static RankedOutcomes Buyer { get; } = new(new UtilityFunction(
        Agenda, [ValueFunction.Linear(-1, 8_000), ValueFunction.Table(0, 300)], default, reservationValue: 0));

    public static RankedOutcomes Seller { get; } = new(new UtilityFunction(
        Agenda, [ValueFunction.Linear(1), ValueFunction.Table(0, -200)], default, reservationValue: 4_000));

    /// <summary>A view of the buyer: round 3, and an offer of the seller if one is given.</summary>
    public static NegotiationView View(Outcome? offer = null, bool isFirm = true, int round = 3) =>
        new(Party.Buyer, Agenda, round, Rounds, offer, isFirm && offer is not null);

    public static ChatNegotiator Negotiator(
        IChatClient model,
        ChatNegotiatorOptions? options = null,
        INegotiator? fallback = null,
        ITalk? talk = null,
        TimeProvider? time = null) => new(model, Buyer, options, fallback, talk, time);

    /// <summary>What the buyer's negotiator and a plain seller come to.</summary>
    public static Play Against(ChatNegotiator buyer, string seller = "Linear") => Play.Of(
        Agenda, new BlockingNegotiator(buyer), StrategyCatalog.Create(seller, Seller), Rounds);
}
