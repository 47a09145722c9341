using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>
/// What both sides know of how this market negotiates: one order, one total, integer cents. Utilities are in cents,
/// too; being integers they are exact in double precision.
/// </summary>
public static class MagenticRules
{
    /// <summary>Rounds of every negotiation.</summary>
    public const int RoundsMax = 20;

    /// <summary>How long a tender takes sealed quotes: long enough for every business of a busy machine.</summary>
    public static readonly TimeSpan TenderWindow = TimeSpan.FromSeconds(10);

    /// <summary>How long a business's quote in a tender stands.</summary>
    public static readonly TimeSpan QuoteValidity = TimeSpan.FromMinutes(10);

    /// <summary>The one issue: the total of the order, from 1 cent to its posted price.</summary>
    /// <param name="postedTotalCents">The order's posted price, at least 1.</param>
    public static Agenda AgendaFor(long postedTotalCents)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(postedTotalCents, 1);
        return new Agenda(Currency.Usd, [Issue.TotalPrice(1, postedTotalCents)]);
    }

    /// <summary>A strategy for one negotiation of a customer: worth − price, and 0 without a purchase.</summary>
    /// <exception cref="OutcomeSpaceTooLargeException">The posted price is above 10,000 dollars.</exception>
    internal static TimeDependent BuyerStrategy(TimeDependentPreset preset, long postedTotalCents, long worthCents) =>
        Strategy(preset, postedTotalCents, slope: -1, bias: worthCents, reservationValue: 0);

    /// <summary>A strategy for one negotiation of a business: the price, and its floor without a sale.</summary>
    /// <exception cref="OutcomeSpaceTooLargeException">The posted price is above 10,000 dollars.</exception>
    internal static TimeDependent SellerStrategy(TimeDependentPreset preset, long postedTotalCents, long floorCents) =>
        Strategy(preset, postedTotalCents, slope: 1, bias: 0, reservationValue: floorCents);

    private static TimeDependent Strategy(
        TimeDependentPreset preset, long postedTotalCents, double slope, double bias, double reservationValue)
    {
        var utility = new UtilityFunction(
            AgendaFor(postedTotalCents), [ValueFunction.Linear(slope)], default, reservationValue, bias);
        return new TimeDependent(preset, new RankedOutcomes(utility));
    }
}
