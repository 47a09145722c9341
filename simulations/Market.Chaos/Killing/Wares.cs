using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Chaos.Killing;

/// <summary>What the agents of these tests trade: something with a unit price and delivery days.</summary>
internal static class Wares
{
    /// <summary>Lowest price, in cents.</summary>
    public const long PriceMin = 10_00;

    /// <summary>Highest price, and the posted one, in cents.</summary>
    public const long PriceMax = 99_00;

    /// <summary>The market's fee of every test, in 1/100 percent.</summary>
    public const int FeeBasisPoints = 100;

    /// <summary>A listing that can be bought at once too.</summary>
    public static ListingDraft Draft(string title = "Espresso machine", long stock = 1_000_000) => new(
        title,
        "machines",
        "Brews strong coffee.",
        [new ListingLine("machine", PriceMax)],
        [],
        Currency.Usd,
        [Issue.UnitPrice(PriceMin, PriceMax), Issue.Range("delivery days", 1, 10)],
        [0, 5],
        stock);

    /// <summary>An outcome of the listing's agenda.</summary>
    public static Outcome At(long price, long days = 3) => Outcome.Of(price, days);

    /// <summary>A firm offer for one unit.</summary>
    public static ProposedOffer Firm(long price, TimeSpan? validFor = null) =>
        new(new Terms(At(price), price), OfferBinding.Firm, validFor ?? ProposedOffer.DefaultValidity);

    /// <summary>An amount of US dollars, from cents.</summary>
    public static Money Dollars(long cents) => new(cents, Currency.Usd);
}
