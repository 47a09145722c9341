using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Orleans.Tests;

/// <summary>What the agents of these tests trade: something with a unit price.</summary>
internal static class Wares
{
    public static ListingDraft Draft(string title) => new(
        title, "machines", "Brews strong coffee.", [new ListingLine("machine", 99_00)], [], Currency.Usd,
        [Issue.UnitPrice(10_00, 99_00)], [0], 1_000);

    public static ProposedOffer Firm(long price) => new(
        new Terms(Outcome.Of(price), price), OfferBinding.Firm, ProposedOffer.DefaultValidity);
}
