using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Client.Testing.Tests;

/// <summary>What the agents of these tests trade.</summary>
internal static class Wares
{
    /// <summary>An espresso machine for 99.00, negotiable from 1.00 on.</summary>
    public static ListingDraft EspressoMachine { get; } = new(
        "Espresso machine", "kitchen", "Two groups, rebuilt.", [new ListingLine("Espresso machine", 99_00)], [],
        Currency.Usd, [Issue.TotalPrice(1_00, 0)], [0], Stock: 1_000);
}
