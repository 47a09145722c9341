using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Searching;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Searching;

public sealed class MemoryCatalogTests : IAsyncLifetime
{
    private MemoryJournal _journal = null!;
    private MemoryCatalog _catalog = null!;
    private int _versions;

    public async Task InitializeAsync()
    {
        _journal = Empty();
        _catalog = Over(_journal);
        await _catalog.StartAsync();
    }

    public async Task DisposeAsync() => await _catalog.DisposeAsync();

    [Fact]
    public void A_listing_is_found_by_what_it_says()
    {
        var machine = Add(1, Some.Listing());
        Add(2, Some.Listing("Tea pot", "pots") with
        {
            Description = "For tea.",
            Lines = [new ListingLine("pot", 100)],
            Attributes = [],
        });
        Assert.Equal([machine], Search(Some.Search("ESPRESSO")));
        Assert.Equal([machine], Search(Some.Search("strong  machine")));
        Assert.Equal([machine], Search(Some.Search("grind")));
        Assert.Equal([machine], Search(Some.Search() with { Category = "Machines" }));
        Assert.Equal([machine], Search(Some.Search() with { Lines = ["grinder", "MACHINE"] }));
        Assert.Equal([machine], Search(Some.Search() with { Attributes = [new ListingAttribute("colour", "Red")] }));
        Assert.Empty(Search(Some.Search("espresso tea")));
        Assert.Empty(Search(Some.Search() with { Lines = ["grind"] }));
        Assert.Empty(Search(Some.Search() with { Lines = ["machine", "pot"] }));
        Assert.Empty(Search(Some.Search() with { Attributes = [new ListingAttribute("colour", "blue")] }));
    }

    [Fact]
    public void Pages_follow_each_other_in_the_order_of_ids_whatever_the_order_of_arrival()
    {
        foreach (var id in new[] { 5, 3, 9, 1, 7, 2, 8, 4, 6 })
        {
            Add(id, Some.Listing());
        }

        var first = _catalog.Search(Some.Search() with { CountMax = 4 });
        var second = _catalog.Search(Some.Search() with { CountMax = 4, After = first.Listings[3].Id });
        var third = _catalog.Search(Some.Search() with { CountMax = 4, After = second.Listings[3].Id });
        Assert.True(first.HasMore && second.HasMore && !third.HasMore);
        Assert.Equal(
            Enumerable.Range(1, 9).Select(IdOf),
            first.Listings.Concat(second.Listings).Concat(third.Listings).Select(listing => listing.Id));
    }

    [Theory]
    [InlineData(-5, 1)]
    [InlineData(0, 1)]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    [InlineData(int.MaxValue, 100)]
    public void A_page_has_one_to_a_hundred_listings(int asked, int got)
    {
        for (var id = 1; id <= 120; id++)
        {
            Add(id, Some.Listing());
        }

        Assert.Equal(got, _catalog.Search(Some.Search() with { CountMax = asked }).Listings.Count);
    }

    [Fact]
    public void A_new_version_takes_the_place_of_the_old()
    {
        Add(1, Some.Listing());
        Append(new ListingChanged(
            new LedgerTime(2), ListingOf(1, Some.Listing("Renamed"), version: 2), default, default, []));
        Assert.Equal("Renamed", Assert.Single(_catalog.Search(Some.Search()).Listings).Draft.Title);
        Assert.Equal(2, _catalog.Find(IdOf(1))!.Version);
        Assert.Null(_catalog.Find(IdOf(2)));
    }

    [Fact]
    public async Task A_withdrawn_listing_is_found_no_more_and_a_page_read_before_stays_as_it_was()
    {
        for (var id = 1; id <= 3; id++)
        {
            Add(id, Some.Listing());
        }

        var before = _catalog.Search(Some.Search()).Listings;
        Append(new ListingEnded(new LedgerTime(2), IdOf(2), 1, default, default));
        Add(4, Some.Listing());

        Assert.Equal([IdOf(1), IdOf(2), IdOf(3)], before.Select(static listing => listing.Id));
        Assert.Equal([IdOf(1), IdOf(3), IdOf(4)], Search(Some.Search()));
        Assert.Null(_catalog.Find(IdOf(2)));
        await using var rebuilt = new MemoryCatalog(_journal);
        await rebuilt.StartAsync();
        Assert.Equal(3, rebuilt.Count);
    }

    [Fact]
    public async Task It_is_rebuilt_from_the_journal_with_and_without_what_it_saved()
    {
        Add(1, Some.Listing());
        await using (var rebuilt = new MemoryCatalog(_journal))
        {
            await rebuilt.StartAsync();
            Assert.Equal(1, rebuilt.Count);
        }

        Assert.Equal(1, (await _journal.LoadProjectionAsync("catalog")).Position);
        Add(2, Some.Listing());
        await using var again = new MemoryCatalog(_journal);
        await again.StartAsync();
        Assert.Equal([IdOf(1), IdOf(2)], again.Search(Some.Search()).Listings.Select(listing => listing.Id));
    }

    private static ListingId IdOf(int number) => new(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    private static MemoryJournal Empty() => new();

    private static MemoryCatalog Over(MemoryJournal journal) => new(journal);

    private List<ListingId> Search(SearchListings query) =>
        [.. _catalog.Search(query).Listings.Select(listing => listing.Id)];

    private ListingId Add(int id, ListingDraft draft)
    {
        Append(new ListingAdded(new LedgerTime(1), ListingOf(id, draft), new ActDigest(1, 1)));
        return IdOf(id);
    }

    private static Listing ListingOf(int id, ListingDraft draft, int version = 1) =>
        new(IdOf(id), version, new AgentNumber(1), new PrincipalNumber(1), draft);

    private void Append(object @event)
    {
        var version = ++_versions;
        _journal.Append(new Row(new JournalRow(
            0, 1, version, 1, version == 1 ? 0 : 1, null, default, WireCatalog.EncodeTagged(@event), default)));
    }

    private sealed class Row(JournalRow row) : PendingAppend(GrainId.OfSeller(new AgentNumber(1)), row)
    {
        public override void OnCompleted(AppendOutcome outcome, Exception? error) =>
            Assert.Equal(AppendOutcome.Appended, outcome);
    }
}
