using Market.Domain.Listings;
using Market.Domain.Settling;
using Market.Testing;

namespace Market.Domain.Tests.Listings;

/// <summary>Versions of a listing: each change names the one that its sender had seen, and stock follows.</summary>
public sealed class ListingChangeTests
{
    private readonly SellerDesk _desk = new();

    [Fact]
    public void A_change_is_the_next_version_and_says_what_changed()
    {
        var decision = _desk.Change(1, draft => draft with { Title = "Grinders" });

        var changed = Assert.IsType<ListingChanged>(decision.Event);
        Assert.Equal((2, "Grinders"), (changed.Listing.Version, changed.Listing.Draft.Title));
        Assert.Equal(changed.Listing, decision.Listing);
        Assert.Equal(
            [new FieldProblem("title", "has changed", "Espresso machines", "Grinders")], changed.Changes);
        Assert.Equal(changed.Listing, _desk.State.Find(_desk.Id));
        Assert.Empty(_desk.State.Outbox.Unanswered);
    }

    [Fact]
    public void A_change_of_a_version_that_is_not_the_newest_is_refused_with_both()
    {
        _desk.Change(1, draft => draft with { Title = "Grinders" });

        var stale = _desk.Change(1, draft => draft with { Title = "Kettles" });

        Assert.Equal(ListingRefusal.ListingVersionIsStale, stale.Refusal);
        Assert.Equal([new FieldProblem("listingVersion", "is not the newest", "1", "2")], stale.Fields);
        Assert.Equal(2, _desk.State.Find(_desk.Id)!.Version);
    }

    [Fact]
    public void A_change_told_again_gets_the_version_that_it_made_whatever_came_after()
    {
        var first = SellerDesk.Command(10, 1, SomeListing.Draft with { Title = "Grinders" });
        var made = _desk.Tell(first).Listing;
        _desk.Change(2, draft => draft with { Title = "Kettles" });

        var again = _desk.Tell(first);

        Assert.Null(again.Event);
        Assert.Equal(made, again.Listing);
        Assert.Equal(
            ListingRefusal.MessageIdReused, _desk.Tell(first with { Digest = Some.Digest(99) }).Refusal);
    }

    [Fact]
    public void The_first_version_is_still_the_answer_to_its_own_act()
    {
        var published = SomeListing.Listing(SomeListing.Draft);
        _desk.Change(1, draft => draft with { Title = "Grinders" });

        var again = ListingMachine.Decide(_desk.State, SomeListing.Add(), Some.Noon + TimeSpan.FromHours(1));

        Assert.Null(again.Event);
        Assert.Equal(published, again.Published);
    }

    [Fact]
    public void More_stock_is_minted()
    {
        _desk.Change(1, draft => draft with { Stock = 8 });

        var mint = Assert.IsType<MintUnits>(Assert.Single(_desk.State.Outbox.Unanswered));
        Assert.Equal((_desk.Id, 3), (mint.Listing, mint.Quantity));
    }

    [Fact]
    public void Less_stock_is_a_version_once_the_ledger_has_taken_the_units_back()
    {
        var command = SellerDesk.Command(10, 1, SomeListing.Draft with { Stock = 2 });
        Assert.True(_desk.Tell(command).IsPending);
        var units = Assert.IsType<ReturnUnits>(Assert.Single(_desk.State.Outbox.Unanswered));
        Assert.Equal((_desk.Id, 3), (units.Listing, units.Quantity));
        Assert.Equal(1, _desk.State.Find(_desk.Id)!.Version);
        Assert.True(_desk.Tell(command).IsPending);

        _desk.Answer(units.Id, refusalCode: 0);

        Assert.Equal(2, _desk.State.Find(_desk.Id)!.Version);
        Assert.Equal(2, _desk.Tell(command).Listing!.Draft.Stock);
        Assert.Empty(_desk.State.Outbox.Unanswered);
    }

    [Fact]
    public void Less_stock_than_is_unsold_is_refused_and_the_listing_stays_as_it_was()
    {
        var command = SellerDesk.Command(10, 1, SomeListing.Draft with { Stock = 2, Title = "Grinders" });
        _desk.Tell(command);
        var first = Assert.Single(_desk.State.Outbox.Unanswered).Id;
        _desk.Answer(first, (int)LedgerRefusal.AvailableExceeded);

        Assert.Equal(ListingRefusal.StockNotAvailable, _desk.Tell(command).Refusal);
        Assert.Equal(SomeListing.Draft, _desk.State.Find(_desk.Id)!.Draft);

        // Tried again it is another command, since the ledger has refused the first one for good.
        Assert.True(_desk.Change(1, draft => draft with { Stock = 2 }).IsPending);
        Assert.NotEqual(first, Assert.Single(_desk.State.Outbox.Unanswered).Id);
    }

    [Fact]
    public void While_the_ledger_has_not_answered_every_other_change_waits()
    {
        _desk.Change(1, draft => draft with { Stock = 2 });

        Assert.True(_desk.Change(1, draft => draft with { Title = "Grinders" }).IsPending);
        Assert.True(_desk.End(1).IsPending);
        Assert.Equal(1, _desk.State.Find(_desk.Id)!.Version);
    }

    [Fact]
    public void Stock_that_is_not_minted_yet_is_not_taken_back()
    {
        var desk = new SellerDesk(isMinted: false);

        Assert.True(desk.Change(1, draft => draft with { Stock = 2 }).IsPending);
        Assert.True(desk.End(1).IsPending);
        Assert.IsType<MintUnits>(Assert.Single(desk.State.Outbox.Unanswered));
    }

    [Fact]
    public void A_withdrawn_listing_gives_its_stock_back_and_changes_no_more()
    {
        var decision = _desk.End(1);

        Assert.IsType<ListingEnded>(decision.Event);
        Assert.Equal(_desk.Id, Assert.IsType<ReturnStock>(Assert.Single(_desk.State.Outbox.Unanswered)).Listing);
        Assert.Equal(ListingRefusal.ListingIsWithdrawn, _desk.Change(1, static draft => draft).Refusal);
        Assert.Equal(ListingRefusal.ListingIsWithdrawn, _desk.End(1).Refusal);
    }

    [Fact]
    public void What_is_wrong_with_a_change_is_said_field_by_field_and_nothing_changes()
    {
        var refused = _desk.Change(1, draft => draft with { Title = "", Stock = 0 });

        Assert.Equal(ListingRefusal.NameIsInvalid, refused.Refusal);
        Assert.Equal(["title", "stock"], refused.Fields.Select(static field => field.Path));
        Assert.Null(refused.Event);
    }

    [Theory]
    [InlineData(MarketLimits.ListingActsKept - 1, true)]
    [InlineData(MarketLimits.ListingActsKept, false)]
    [InlineData(MarketLimits.ListingActsKept + 1, false)]
    public void So_many_acts_are_remembered_and_an_older_one_is_never_done_twice(int later, bool isRemembered)
    {
        var first = SellerDesk.Command(10, 1, SomeListing.Draft);
        _desk.Tell(first);
        for (var i = 0; i < later; i++)
        {
            _desk.Change(2 + i, static draft => draft);
        }

        var again = _desk.Tell(first);

        Assert.Null(again.Event);
        Assert.Equal(isRemembered ? null : ListingRefusal.ListingVersionIsStale, again.Refusal);
        Assert.Equal(later + 2, _desk.State.Find(_desk.Id)!.Version);
    }
}
