using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Tests.Support;

/// <summary>Ordinary values, of which a test says only what matters to it.</summary>
internal static class Some
{
    public static AgentProfile Profile(AgentRole role = AgentRole.Buyer, string principal = "alice") =>
        new($"{principal}'s agent", principal, role, new Disclosure("Tests Ltd", "scripted", "1"));

    public static MessageId Message(TimeProvider? time = null) =>
        new(Guid.CreateVersion7((time ?? TimeProvider.System).GetUtcNow()));

    public static ListingDraft Listing(string title = "Espresso machine", string category = "machines") => new(
        title,
        category,
        "Brews strong coffee.",
        [new ListingLine("machine", 9_900), new ListingLine("Grinder", 3_000)],
        [new ListingAttribute("colour", "red")],
        Currency.Usd,
        [Issue.UnitPrice(1_000, 20_000), Issue.Range("delivery days", 1, 10)],
        [0, 5],
        Stock: 5);

    /// <summary>A listing that nearly fills a frame.</summary>
    public static ListingDraft LargeListing() => Listing() with
    {
        Issues =
        [
            Issue.UnitPrice(1_000, 20_000),
            .. Enumerable.Range(0, 4).Select(i => Issue.Choice($"choice {i}", ManyNames)),
        ],
        PostedValues = [],
    };

    public static OpenNegotiation Opening(
        Listing listing, MessageId? message = null, ProposedOffer? offer = null) => new(
        message ?? Message(),
        listing.Id,
        listing.Version,
        [new OrderLine(0, 1)],
        Request: null,
        Mandate: null,
        Protocol.Bilateral,
        RoundsMax: 10,
        TimeSpan.FromMinutes(10),
        offer);

    public static ProposedOffer Offer(long price, long days = 3) =>
        ProposedOffer.Firm(new Terms(Outcome.Of(price, days), price));

    public static SearchListings Search(string? text = null) => new(text, null, [], []);

    private static string[] ManyNames { get; } =
        [.. Enumerable.Range(0, 40).Select(i => $"name {i} ".PadRight(64, 'x'))];
}
