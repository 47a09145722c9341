using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Searching;
using Market.Grains.Tests.Journaling;
using Market.Testing;

namespace Market.Grains.Tests.Searching;

/// <summary>A journal that tests publish into, and a catalogue that follows it.</summary>
internal sealed class CatalogBench(IJournal journal, FollowingCatalog catalog, long streamVersion = 0)
    : IAsyncDisposable
{
    private static readonly GrainId Grain = GrainId.OfSeller(new AgentNumber(1));

    private long _version = streamVersion;

    public IJournal Journal => journal;

    public FollowingCatalog Catalog => catalog;

    public static async Task<CatalogBench> StartAsync()
    {
        var journal = new MemoryJournal();
        return await StartAsync(journal, new SqliteCatalog(journal));
    }

    public static async Task<CatalogBench> StartAsync(IJournal journal, FollowingCatalog catalog)
    {
        WireCatalog.Register(typeof(MarketGrains).Assembly);
        await catalog.StartAsync();
        return new CatalogBench(journal, catalog);
    }

    public static ListingDraft Draft(
        string title, string description = "", string category = "things", long price = 1_000) => new(
            title,
            category,
            description,
            [new ListingLine("piece", price)],
            [],
            Currency.Usd,
            [Issue.UnitPrice(1, 100_000), Issue.Range("delivery days", 1, 10)],
            [0, 5],
            Stock: 5);

    public static ListingId IdOf(int number) => new(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    public static SearchListings Query(string? text = null) => new(text, null, [], []);

    public Task<ListingId> PublishAsync(int number, ListingDraft draft, int version = 1) =>
        PublishAsync(new Listing(IdOf(number), version, new AgentNumber(7), new PrincipalNumber(8), draft));

    public async Task<ListingId> PublishAsync(Listing listing)
    {
        await AppendAsync(new ListingAdded(Some.Noon, listing, new ActDigest(1, 1)));
        return listing.Id;
    }

    public async Task<RequestId> PublishAsync(int number, RequestDraft draft)
    {
        var request = new Request(
            new RequestId(IdOf(number).Value), new AgentNumber(9), new PrincipalNumber(10), draft);
        await AppendAsync(new RequestAdded(Some.Noon, request, new ActDigest(1, 1)));
        return request.Id;
    }

    public Task ChangeAsync(int number, ListingDraft draft, int version) => AppendAsync(new ListingChanged(
        Some.Noon,
        new Listing(IdOf(number), version, new AgentNumber(7), new PrincipalNumber(8), draft),
        Some.Message(version, Some.Noon),
        new ActDigest(1, 1),
        []));

    public Task WithdrawAsync(int number, int version) => AppendAsync(
        new ListingEnded(Some.Noon, IdOf(number), version, Some.Message(version, Some.Noon), new ActDigest(1, 1)));

    public Task CloseAsync(Asset asset) => AppendAsync(
        new AccountsEvicted(Some.Noon, LedgerCommandIds.For("close", asset.Subject), asset, [], []));

    public async Task AppendAsync(object @event)
    {
        var version = ++_version;
        var body = WireCatalog.EncodeTagged(@event);
        var append = new TestAppend(Grain, new JournalRow(
            0, 1, version, 1, version == 1 ? 0 : 1, null, default, body, Hash256.Of(body)));
        journal.Append(append);
        Assert.Equal(AppendOutcome.Appended, await append.Outcome);
    }

    public async Task<ListingsFound> PageAsync(SearchListings query)
    {
        var answer = await catalog.SearchAsync(query);
        return answer.Found ?? throw new InvalidOperationException($"Refused: {answer.Refusal} {answer.Detail}");
    }

    /// <summary>All pages of a query.</summary>
    public async Task<List<(ListingId Id, long Score)>> SearchAsync(SearchListings query)
    {
        var found = new List<(ListingId, long)>();
        ListingsFound page;
        do
        {
            page = await PageAsync(query);
            query = query with { Cursor = page.Cursor };
            found.AddRange(page.Listings.Zip(page.Matches, static (one, match) => (one.Id, match.Score)));
        }
        while (page.HasMore);
        return found;
    }

    public async Task<ListingId[]> IdsAsync(SearchListings query) =>
        [.. (await SearchAsync(query)).Select(static one => one.Id)];

    public async ValueTask DisposeAsync()
    {
        await catalog.DisposeAsync();
        await journal.DisposeAsync();
    }
}
