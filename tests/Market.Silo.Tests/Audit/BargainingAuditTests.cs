using Market.Domain.Negotiating;
using Market.Silo.Commands.Audit;

namespace Market.Silo.Tests.Audit;

/// <summary>What the audit makes of partial, final and repeated offers, and of messages.</summary>
public sealed class BargainingAuditTests
{
    [Fact]
    public async Task Parts_impasses_final_offers_and_messages_verify()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);

        var report = OfflineAudit.Verify(store.Folder);

        Assert.Empty(report.Errors);
        Assert.Equal((6, 5, 1), (report.Deals, report.DealsSettled, report.DealsFailed));
        Assert.Equal(3 * 4_000, forger.Find<Domain.Settling.DealBooked>(skip: 4).Event.Total.MinorUnits);
    }

    [Fact]
    public async Task Another_quantity_than_was_accepted_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var (row, accepted) = Part(forger);
        forger.Replace(row, accepted with { Quantity = 4 });

        AssertFound(store, row.Position, "The terms' hash");
        AssertFound(store, row.Position, "What the accepting side signed is not this acceptance.");
    }

    [Fact]
    public async Task A_quantity_that_was_not_offered_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var (row, accepted) = Part(forger);
        forger.Replace(row, accepted with { Quantity = 1 });

        AssertFound(store, row.Position, "which was not offered");
    }

    [Fact]
    public async Task An_offer_that_its_maker_did_not_sign_as_divisible_is_found_by_the_acceptance()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var (row, made) = forger.Find<NegotiationOpened>(Place(forger, static o => o.FirstOffer?.PartialFrom == 2));
        forger.Replace(row, made with { FirstOffer = made.FirstOffer! with { PartialFrom = 1 } });

        AssertFound(store, Part(forger).Row.Position, "What the offer's maker signed is not the offer");
    }

    [Fact]
    public async Task An_offer_after_a_final_one_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var (opening, opened) = forger.Find<NegotiationOpened>(Place(forger, static o => o.Rules.ImpasseAfter == 1));
        forger.Replace(opening, opened with { FirstOffer = opened.FirstOffer! with { IsFinal = true } });
        var second = forger.Rows().First(row => row.Stream == opening.Stream && row.Version == 3);

        AssertFound(store, second.Position, "had made its final offer before");
    }

    [Fact]
    public async Task An_impasse_without_repetitions_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var (row, opened) = forger.Find<NegotiationOpened>(Place(forger, static o => o.Rules.ImpasseAfter == 1));
        forger.Replace(row, opened with { Rules = opened.Rules with { ImpasseAfter = 2 } });

        AssertFound(store, forger.Find<NegotiationCancelled>().Row.Position, "There were no 2 rounds without movement");
    }

    [Fact]
    public async Task An_answer_to_no_inquiry_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var (row, information) = forger.Find<InformationGiven>();
        forger.Replace(row, information with { InReplyTo = 1 });

        AssertFound(store, row.Position, "is no inquiry of the other side");
    }

    [Fact]
    public async Task A_message_put_into_the_others_mouth_is_found()
    {
        using var store = await CreateAsync();
        using var forger = new StoreForger(store);
        var (row, inquiry) = forger.Find<InquiryMade>();
        forger.Replace(row, inquiry with { By = inquiry.By.Counterparty() });

        AssertFound(store, row.Position, "Its author is not who acted");
    }

    /// <summary>
    /// The small market's life, then: three of ten taken, with an inquiry and its answer in between; and an impasse
    /// after one round.
    /// </summary>
    private static Task<TestStore> CreateAsync() => TestStore.CreateAsync(static async (_, buyer, seller) =>
    {
        var listing = await seller.PublishAsync(9_900, stock: 20);
        var offer = TestStore.Firm(4_000, 10) with { PartialFrom = 2, IsFinal = true };
        var part = await buyer.OpenAsync(listing, null, offer);
        await seller.InquireAsync(part, "For how many people?");
        await buyer.InformAsync(part, inReplyTo: 2, "Twenty.");
        await seller.AcceptAsync(part, 1, quantity: 3);

        var still = await buyer.OpenAsync(listing, null, TestStore.Firm(3_000, 1), impasseAfter: 1);
        await seller.OfferAsync(still, 1, TestStore.Firm(9_000, 1));
        await buyer.OfferAsync(still, 2, TestStore.Firm(3_000, 1));
        await seller.OfferAsync(still, 3, TestStore.Firm(9_000, 1));
    });

    private static (Grains.Journaling.JournalRow Row, OfferAccepted Event) Part(StoreForger forger)
    {
        var skip = 0;
        while (forger.Find<OfferAccepted>(skip) is { Event.Quantity: null })
        {
            skip++;
        }

        return forger.Find<OfferAccepted>(skip);
    }

    /// <summary>How many openings come before the one that is wanted.</summary>
    private static int Place(StoreForger forger, Func<NegotiationOpened, bool> isWanted)
    {
        var place = 0;
        while (!isWanted(forger.Find<NegotiationOpened>(place).Event))
        {
            place++;
        }

        return place;
    }

    private static void AssertFound(TestStore store, long position, string what) => Assert.Contains(
        OfflineAudit.Verify(store.Folder).Errors,
        error => error.Position == position && error.What.Contains(what, StringComparison.Ordinal));
}
