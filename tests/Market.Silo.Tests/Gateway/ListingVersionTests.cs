using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

/// <summary>Changes of listings as bare messages: who may, what a retry gets, and that others' are not there.</summary>
public sealed class ListingVersionTests : IAsyncLifetime
{
    private TestMarket _market = null!;
    private TestAgent _buyer = null!;
    private TestAgent _seller = null!;
    private Listing _listing = null!;

    public async Task InitializeAsync()
    {
        _market = await TestMarket.StartAsync();
        (_buyer, _seller, _listing) = await _market.TradersAsync();
    }

    public async Task DisposeAsync()
    {
        await _buyer.DisposeAsync();
        await _seller.DisposeAsync();
        await _market.DisposeAsync();
    }

    [Fact]
    public async Task An_opening_asked_again_after_the_listing_changed_gets_the_answer_that_it_had()
    {
        var opening = Some.Opening(_listing);
        var recorded = await _buyer.AskAsync<ActRecorded>(opening);
        await _seller.AskAsync<ListingPublished>(Update(_listing.Draft with { Title = "Grinder" }));

        Assert.Equal(recorded, await _buyer.AskAsync<ActRecorded>(opening));
        Refusal.Is(NegotiationRefusal.MessageIdReused, await _buyer.AskAsync(opening with { RoundsMax = 9 }));
        Refusal.Is(ListingRefusal.ListingVersionIsStale, await _buyer.AskAsync(Some.Opening(_listing)));
    }

    [Fact]
    public async Task A_change_asked_again_is_done_once_and_gets_the_same_answer()
    {
        var update = Update(_listing.Draft with { Title = "Grinder" });
        var first = await _seller.AskAsync<ListingPublished>(update);
        await _seller.AskAsync<ListingPublished>(Update(_listing.Draft, version: 2));

        Assert.Equal(2, first.Listing.Version);
        Assert.Equal(first, await _seller.AskAsync<ListingPublished>(update));
        Refusal.Is(ListingRefusal.MessageIdReused, await _seller.AskAsync(update with { ExpectedVersion = 3 }));
    }

    [Fact]
    public async Task A_withdrawal_asked_again_gets_the_same_answer()
    {
        var withdraw = new WithdrawListing(Some.Message(), _listing.Id, 1);
        var answer = await SettledAsync(withdraw);

        Assert.Equal(new ListingWithdrawn(_listing.Id, 1), answer);
        Assert.Equal(answer, await _seller.AskAsync<ListingWithdrawn>(withdraw));
        Refusal.Is(ListingRefusal.ListingIsWithdrawn, await _seller.AskAsync(Update(_listing.Draft)));
    }

    [Fact]
    public async Task A_listing_of_another_seller_is_not_there_and_a_buyer_has_none()
    {
        await using var other = await TestAgent.RegisterAsync(_market.Uri, AgentRole.Seller, "carol");
        Refusal.Is(ListingRefusal.ListingNotFound, await other.AskAsync(Update(_listing.Draft)));
        await other.AskAsync<ListingPublished>(new PublishListing(Some.Message(), Some.Listing()));
        Refusal.Is(ListingRefusal.ListingNotFound, await other.AskAsync(Update(_listing.Draft)));
        Refusal.Is(
            ListingRefusal.ListingNotFound,
            await other.AskAsync(new WithdrawListing(Some.Message(), _listing.Id, 1)));
        Refusal.Is(EnrolmentRefusal.WrongRole, await _buyer.AskAsync(Update(_listing.Draft)));
    }

    private UpdateListing Update(ListingDraft draft, int version = 1) =>
        new(Some.Message(), _listing.Id, version, draft);

    /// <summary>Asks the same again until the ledger has answered the seller's grain.</summary>
    private async Task<object> SettledAsync(object message)
    {
        while (true)
        {
            var answer = await _seller.AskAsync(message);
            if (answer is not Refused { Code: (int)GatewayRefusal.OutcomeUnknown })
            {
                return answer;
            }
        }
    }
}
