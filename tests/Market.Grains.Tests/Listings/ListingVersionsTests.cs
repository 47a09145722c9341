using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Grains.Journaling;
using Market.Grains.Listings;
using Market.Grains.Tests.Grains;
using Market.Testing;

namespace Market.Grains.Tests.Listings;

/// <summary>
/// A new offer is bound to the newest version; what stands, and what was done before, is not touched.
/// </summary>
public sealed class ListingVersionsTests
{
    [Fact]
    public async Task The_journal_says_which_version_is_the_newest_and_what_changed_since()
    {
        await using var journal = new MemoryJournal();
        var stream = new SellerStream(journal);
        await stream.AppendAsync(Change(2, "title", "a", "b"));
        await using var versions = new ListingVersions(journal);
        await versions.StartAsync();
        await stream.AppendAsync(Change(3, "stock", "5", "6"));

        Assert.Null(versions.Advise(Some.Subject.Listing, 3));
        Assert.Null(versions.Advise(new ListingId(Guid.NewGuid()), 1));
        Assert.Equal(
            ["listingVersion", "title", "stock"],
            versions.Advise(Some.Subject.Listing, 1)!.Fields.Select(static field => field.Path));
        Assert.Equal(
            ["listingVersion", "stock"],
            versions.Advise(Some.Subject.Listing, 2)!.Fields.Select(static field => field.Path));

        await stream.AppendAsync(new ListingEnded(
            Some.Noon, Some.Subject.Listing, 3, Some.Message(9, Some.Noon), Some.Digest(9)));
        Assert.Equal(ListingRefusal.ListingIsWithdrawn, versions.Advise(Some.Subject.Listing, 3)!.Refusal);
    }

    [Fact]
    public async Task What_was_saved_is_read_again()
    {
        await using var journal = new MemoryJournal();
        var stream = new SellerStream(journal);
        await using (var versions = new ListingVersions(journal))
        {
            await versions.StartAsync();
            await stream.AppendAsync(Change(2, "title", "a", "b"));
        }

        await using var again = new ListingVersions(journal);
        await again.StartAsync();

        Assert.Equal(2, again.Advise(Some.Subject.Listing, 1)!.Fields.Count);
    }

    [Theory]
    [InlineData(MarketLimits.ListingVersionsKept - 1, 2)]
    [InlineData(MarketLimits.ListingVersionsKept, 2)]
    [InlineData(MarketLimits.ListingVersionsKept + 1, 1)]
    public void The_changes_of_so_many_versions_are_remembered(int changes, int fields)
    {
        var listing = new ChangedListing(Some.Subject.Listing, 1, IsEnded: false, []);
        for (var i = 0; i < changes; i++)
        {
            listing = listing.With(Change(2 + i, "title", $"{i}", $"{i + 1}"));
        }

        Assert.Equal(fields, ListingDifference.Stale(1, listing.Version, listing.Since(1)).Fields.Count);
    }

    [Theory]
    [InlineData(int.MinValue, 1)]
    [InlineData(0, 1)]
    [InlineData(int.MaxValue, 1)]
    public void A_version_that_never_was_is_stale_by_its_number_alone(int version, int fields)
    {
        var listing = new ChangedListing(Some.Subject.Listing, 1, IsEnded: false, [])
            .With(Change(2, "title", "a", "b"));

        var fault = ListingDifference.Stale(version, listing.Version, listing.Since(version));

        Assert.Equal(fields, fault.Fields.Count);
    }

    [Fact]
    public void A_new_offer_on_an_old_version_is_refused_and_a_recorded_one_keeps_its_answer()
    {
        var listings = new Advisor();
        var bench = new GrainBench(new NegotiationGrain(Some.Market, new CountingSigner(), listings: listings));
        bench.Receive(Some.Opening());
        var offer = new PerformAct(
            Some.SellerAgent, new MakeOffer(Some.Message(2, Some.Noon), Some.Negotiation, 1, Some.Offer(70_00)),
            Some.Digest(2), null, default);
        var recorded = bench.Receive(offer).Reply;
        listings.Fault = ListingDifference.Stale(1, 2, []);

        var next = offer with
        {
            From = Some.BuyerAgent,
            Act = new MakeOffer(Some.Message(3, Some.Noon), Some.Negotiation, 2, Some.Offer(65_00)),
            Digest = Some.Digest(3),
        };
        var refused = Assert.IsType<Refused>(bench.Receive(next).Reply);

        Assert.Equal((int)ListingRefusal.ListingVersionIsStale, refused.Code);
        Assert.Equal(listings.Fault.Fields, refused.Fields);
        Assert.Equal(recorded, bench.Receive(offer).Reply);
        Assert.Equal(2, bench.Events.Count);
        var leave = next with { Act = new LeaveNegotiation(Some.Message(3, Some.Noon), Some.Negotiation, 2, default) };
        Assert.IsType<ActRecorded>(bench.Receive(leave).Reply);
    }

    [Fact]
    public void Whoever_asks_for_an_opening_that_was_recorded_gets_its_answer()
    {
        var bench = new GrainBench(new NegotiationGrain(Some.Market, new CountingSigner()));
        var opening = Some.Opening();
        var recorded = bench.Receive(opening).Reply;

        Assert.Equal(recorded, bench.Receive(new FindOpening(opening.Message, opening.Digest)).Reply);
        Assert.Equal(
            (int)NegotiationRefusal.MessageIdReused,
            Assert.IsType<Refused>(bench.Receive(new FindOpening(opening.Message, Some.Digest(9))).Reply).Code);
        Assert.Single(bench.Events);
    }

    private static ListingChanged Change(int version, string path, string before, string after) => new(
        Some.Noon,
        new Listing(
            Some.Subject.Listing, version, Some.SellerAgent, Some.Seller.Principal, GrainMessages.Listing(1).Draft),
        Some.Message(version, Some.Noon),
        Some.Digest(version),
        [new FieldProblem(path, "has changed", before, after)]);

    private sealed class Advisor : IListingAdvisor
    {
        public ListingFault? Fault { get; set; }

        public ListingFault? Advise(ListingId listing, int version) => Fault;
    }
}
