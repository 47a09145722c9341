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

    /// <summary>What a customer wants of one order at one business: worth − price, and 0 without a purchase.</summary>
    /// <param name="postedTotalCents">The order's posted price, at least 1.</param>
    /// <param name="worthCents">What the order is worth to the customer.</param>
    public static UtilityFunction BuyerUtility(long postedTotalCents, long worthCents) =>
        new(AgendaFor(postedTotalCents), [ValueFunction.Linear(-1)], default, reservationValue: 0, bias: worthCents);

    /// <summary>What a business wants of one order: the price, and its floor without a sale.</summary>
    /// <param name="postedTotalCents">The order's posted price, at least 1.</param>
    /// <param name="floorCents">The least that the business takes.</param>
    public static UtilityFunction SellerUtility(long postedTotalCents, long floorCents) =>
        new(AgendaFor(postedTotalCents), [ValueFunction.Linear(1)], default, reservationValue: floorCents);

    /// <summary>A strategy for one negotiation of a customer; see <see cref="BuyerUtility"/>.</summary>
    /// <exception cref="OutcomeSpaceTooLargeException">The posted price is above 10,000 dollars.</exception>
    internal static TimeDependent BuyerStrategy(TimeDependentPreset preset, long postedTotalCents, long worthCents) =>
        new(preset, new RankedOutcomes(BuyerUtility(postedTotalCents, worthCents)));

    /// <summary>A strategy for one negotiation of a business; see <see cref="SellerUtility"/>.</summary>
    /// <exception cref="OutcomeSpaceTooLargeException">The posted price is above 10,000 dollars.</exception>
    internal static TimeDependent SellerStrategy(TimeDependentPreset preset, long postedTotalCents, long floorCents) =>
        new(preset, new RankedOutcomes(SellerUtility(postedTotalCents, floorCents)));
}
