using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

/// <summary>
/// The numbered invariants of docs/invariants.md that a book alone can break, checked from its journal.
/// </summary>
internal static class ReversalInvariants
{
    /// <summary>INV-2 and INV-5: an entry's postings make sense, and a deal's money is its total.</summary>
    public static void AssertEntry(LedgerState state, LedgerEvent entry)
    {
        var postings = PostingsOf(entry);
        foreach (var posting in postings)
        {
            var (debit, credit) = (NameOf(state, posting.Debit), NameOf(state, posting.Credit));
            Assert.NotEqual(debit, credit);
            Assert.Equal(debit.Asset, credit.Asset);
            Assert.True(posting.Amount > 0);
        }

        if (entry is DealBooked deal)
        {
            var money = postings.Where(posting => NameOf(state, posting.Debit).Kind == AccountKind.Funds);
            Assert.Equal(deal.Total.MinorUnits, money.Sum(posting => posting.Amount));
        }
    }

    /// <summary>INV-1, 3, 4, 6, 7, 10, 11 over the whole book.</summary>
    public static void AssertBook(LedgerState state, IReadOnlyList<LedgerEvent> journal)
    {
        Assert.Equal(journal.Count, state.LastEntry.Value);
        Assert.True(TrialBalance.Of(state).IsZero);

        var booked = journal.OfType<DealBooked>().ToDictionary(deal => deal.Deal);
        Assert.All(journal.OfType<DealRefused>(), refused => Assert.DoesNotContain(refused.Deal, booked.Keys));
        AssertPendingIsWhatIsHeld(state, journal, booked);
        AssertReversals(journal, booked);
        foreach (var granted in journal.OfType<MandateGranted>())
        {
            AssertMandate(granted.Mandate, state, journal, booked);
        }
    }

    /// <summary>
    /// INV-4 and INV-10: pending is the sum of open holds, and a deal's legs are held together or not at all.
    /// </summary>
    private static void AssertPendingIsWhatIsHeld(
        LedgerState state, IReadOnlyList<LedgerEvent> journal, Dictionary<DealId, DealBooked> booked)
    {
        var pendingOut = new Dictionary<AccountNumber, long>();
        foreach (var posting in OpenHolds(state, journal, booked))
        {
            pendingOut[posting.Debit] = pendingOut.GetValueOrDefault(posting.Debit) + posting.Amount;
        }

        for (var i = 0; i < state.AccountCount; i++)
        {
            var number = new AccountNumber(i);
            if (LedgerQueries.GetAccount(state, number) is not { } name)
            {
                continue;
            }

            var balance = LedgerQueries.GetBalance(state, name);
            Assert.Equal(pendingOut.GetValueOrDefault(number), balance.PendingOut);
            Assert.Equal(balance.Posted - balance.PendingOut, balance.Available);
        }
    }

    private static IEnumerable<Posting> OpenHolds(
        LedgerState state, IReadOnlyList<LedgerEvent> journal, Dictionary<DealId, DealBooked> booked)
    {
        var deals = booked.Values.Where(deal => IsHeld(state, deal.Deal)).SelectMany(deal => deal.Postings);
        var expired = journal.OfType<HoldsExpired>().SelectMany(entry => entry.PlacedBy).ToHashSet();
        var closed = journal.Select(entry => entry switch
        {
            HoldPosted posted => posted.Hold,
            HoldVoided voided => voided.Hold,
            _ => default,
        }).ToHashSet();
        var holds = journal.Select((entry, i) => (Held: entry as TransferHeld, Number: new EntryNumber(i + 1)))
            .Where(entry => entry.Held is not null && !expired.Contains(entry.Number))
            .Where(entry => !closed.Contains(entry.Held!.Command))
            .Select(entry => entry.Held!.Posting);
        return deals.Concat(holds);
    }

    /// <summary>
    /// INV-11: deals that are not voided stay within the budget, each within its limit, none after the revocation.
    /// </summary>
    private static void AssertMandate(
        Mandate mandate, LedgerState state, IReadOnlyList<LedgerEvent> journal, Dictionary<DealId, DealBooked> booked)
    {
        var under = booked.Values.Where(deal => deal.Buyer.Mandate == mandate.Id).ToList();
        var counted = under.Where(deal => LedgerQueries.GetDeal(state, deal.Deal)!.Status
            is DealStatus.Posted or DealStatus.Held or DealStatus.Delivered);
        Assert.True(
            counted.Sum(deal => deal.Total.MinorUnits) - GivenBack(mandate, journal) <= mandate.BudgetMaxMinor);
        Assert.All(under, deal => Assert.True(deal.Total.MinorUnits <= mandate.PerDealMaxMinor));
        Assert.All(under, deal => Assert.True(mandate.NotBefore <= deal.At && deal.At < mandate.ExpiresAt));
        if (journal.OfType<MandateRevoked>().FirstOrDefault(entry => entry.Mandate == mandate.Id) is { } revoked)
        {
            Assert.All(under, deal => Assert.True(deal.At < revoked.At));
        }
    }

    private static long GivenBack(Mandate mandate, IReadOnlyList<LedgerEvent> journal) => journal.Sum(entry =>
    {
        var claim = entry is ClaimPaid paid ? (RefundClaimed)journal[(int)paid.Claim.Value - 1] : null;
        return entry is DealReversed reversed && reversed.BuyerMandate == mandate.Id ? reversed.Paid.MinorUnits
            : claim?.BuyerMandate == mandate.Id ? claim.Paid.MinorUnits
            : 0;
    });

    /// <summary>INV-6: what is reversed or claimed of a leg adds up to at most the leg.</summary>
    private static void AssertReversals(
        IReadOnlyList<LedgerEvent> journal, Dictionary<DealId, DealBooked> booked)
    {
        var sums = new Dictionary<(DealId Deal, int Leg), long>();
        foreach (var entry in journal)
        {
            var (deal, amounts) = entry switch
            {
                DealReversed reversed => (reversed.Deal, reversed.Amounts),
                RefundClaimed claimed => (claimed.Deal, claimed.Amounts),
                _ => (default, []),
            };
            for (var leg = 0; leg < amounts.Count; leg++)
            {
                var sum = sums[(deal, leg)] = sums.GetValueOrDefault((deal, leg)) + amounts[leg];
                Assert.True(sum <= booked[deal].Postings[leg].Amount);
            }
        }
    }

    private static bool IsHeld(LedgerState state, DealId deal) =>
        LedgerQueries.GetDeal(state, deal)!.Status == DealStatus.Held;

    private static ValueArray<Posting> PostingsOf(LedgerEvent entry) => entry switch
    {
        DealBooked deal => deal.Postings,
        TransfersPosted posted => posted.Postings,
        TransferHeld held => [held.Posting],
        DealReversed reversed => reversed.Postings,
        _ => [],
    };

    private static AccountName NameOf(LedgerState state, AccountNumber number) =>
        LedgerQueries.GetAccount(state, number)!.Value;
}
