using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing.Tests;

/// <summary>
/// Each check finds the defect that it is for: journals that no ledger wrote, or states of another one.
/// </summary>
public sealed class LedgerInvariantsTests
{
    private static readonly LedgerScript Story =
    [
        new Deposit(TestIds.Command(1), TestIds.Principal(1), TestIds.Usd(100)),
        new MintUnits(TestIds.Command(2), TestIds.Listing(1), TestIds.Principal(2), 5),
        new GrantMandate(new Domain.Mandates.Mandate(
            TestIds.Mandate(1), TestIds.Principal(1), TestIds.Agent(11), Currency.Usd, 50, 60,
            TestIds.Start, TestIds.Start + TimeSpan.FromDays(1))),
        Deal(1, 40),
        Deal(2, 10) with
        {
            Mode = SettlementMode.OnDelivery, DeliveryDeadline = TestIds.Start + TimeSpan.FromDays(2),
        },
    ];

    public static TheoryData<string, string, Func<List<LedgerEvent>, IEnumerable<LedgerEvent>>> Forgeries => new()
    {
        { "INV-18", "not after the entry before", journal => journal.Select(entry => entry with { At = Later(1) }) },
        { "INV-2", "moves 0", journal => Changed(journal, 1, posting => posting with { Amount = 0 }) },
        {
            "INV-2", "from funds:1:USD to funds:1:USD",
            journal => Changed(journal, 0, posting => posting with { Credit = posting.Debit })
        },
        { "INV-5", "for a deal of", journal => Changed(journal, 0, posting => posting with { Amount = 7 }) },
        { "INV-7", "was decided before", journal => journal.Append(Again((DealBooked)journal[3])) },
        { "INV-4", "which is not open", journal => journal.Append(new HoldsExpired(Later(9), [new EntryNumber(1)])) },
        {
            "INV-11", "which was revoked",
            journal => journal.Append(new MandateRevoked(Later(9), TestIds.Mandate(1)))
                .Append(Again((DealBooked)journal[3]) with { Deal = TestIds.Deal(3) })
        },
        {
            "INV-11", "which was suspended",
            journal => journal.Append(new MandateSuspended(Later(9), TestIds.Mandate(1)))
                .Append(Again((DealBooked)journal[3]) with { Deal = TestIds.Deal(3) })
        },
        {
            "INV-11", "which allows 50",
            journal => journal.Append(
                Again((DealBooked)journal[3]) with { Deal = TestIds.Deal(3), Total = TestIds.Usd(51), Postings = [] })
        },
        {
            "INV-14", "not up to the entry before it",
            journal => journal.Append(new CheckpointExported(Later(9), new EntryNumber(2), default))
        },
        { "INV-15", "the journal has", journal => journal.Take(3) },
        {
            "INV-10", "Delivered by the journal",
            journal => journal.Take(4).Append(journal[4]).Append(new DeliveryConfirmed(Later(9), TestIds.Deal(2)))
        },
    };

    [Fact]
    public void A_sound_book_passes()
    {
        var book = new LedgerBook().Run(Story);
        Assert.Equal(5, book.Journal.Count);
        LedgerInvariants.Check(book.State, book.Journal);
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void A_forged_journal_is_named_by_the_invariant_that_it_breaks(
        string invariant, string how, Func<List<LedgerEvent>, IEnumerable<LedgerEvent>> forge)
    {
        var book = new LedgerBook().Run(Story);
        var forged = forge([.. book.Journal]).ToList();
        if (invariant == "INV-10")
        {
            // The state has as many entries as the journal, but another last one.
            book.Append(new DeliveryCancelled(Later(9), TestIds.Deal(2)));
        }

        var found = Assert.Throws<InvariantViolationException>(
            () => LedgerInvariants.Check(StateOf(forged.Count, book), forged));

        Assert.Equal(invariant, found.Invariant);
        Assert.Contains(how, found.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// A state that is the book's own, with entries appended that change no account until it has as many.
    /// </summary>
    private static LedgerState StateOf(int entries, LedgerBook book)
    {
        while (book.Journal.Count < entries)
        {
            _ = book.Tell(new GrantMandate(new Domain.Mandates.Mandate(
                TestIds.Mandate(50 + book.Journal.Count), TestIds.Principal(1), TestIds.Agent(1), Currency.Usd, 1, 1,
                TestIds.Start, TestIds.Start + TimeSpan.FromDays(1))));
        }

        return book.State;
    }

    private static Settle Deal(int number, long total)
    {
        var (buyer, seller) = (TestIds.Principal(1), TestIds.Principal(2));
        return new Settle(
            TestIds.Deal(number), TestIds.Negotiation(number), TestIds.Hash(number),
            new DealParty(TestIds.Agent(11), buyer, TestIds.Mandate(1)), new DealParty(TestIds.Agent(12), seller, null),
            TestIds.Usd(total),
            DealLegs.Build(buyer, seller, TestIds.Usd(total), 0, TestIds.Listing(1), 1, null));
    }

    private static List<LedgerEvent> Changed(List<LedgerEvent> journal, int leg, Func<Posting, Posting> change)
    {
        var deal = (DealBooked)journal[3];
        var postings = deal.Postings.ToArray();
        postings[leg] = change(postings[leg]);
        journal[3] = deal with { Postings = [.. postings] };
        return journal;
    }

    private static DealBooked Again(DealBooked deal) => deal with { At = Later(10), Opened = [] };

    private static LedgerTime Later(int minutes) => TestIds.Start + TimeSpan.FromMinutes(minutes);
}
