using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Settling;
using static Market.Testing.JournalFold;

namespace Market.Testing;

/// <summary>
/// The numbered invariants that a book alone can break, checked from its journal and through what can be asked of
/// its state. They hold after every entry, so check them as often as you like; a check reads the whole journal.
/// </summary>
public static class LedgerInvariants
{
    /// <summary>The numbers that <see cref="Check(LedgerBook)"/> looks after.</summary>
    public static IReadOnlyList<string> Numbers { get; } =
        [
            "INV-1", "INV-2", "INV-3", "INV-4", "INV-5", "INV-6", "INV-7", "INV-10", "INV-11", "INV-13", "INV-14",
            "INV-15", "INV-18",
        ];

    /// <summary>Checks a book.</summary>
    /// <exception cref="InvariantViolationException">An invariant does not hold; the text says how.</exception>
    public static void Check(LedgerBook book)
    {
        ArgumentNullException.ThrowIfNull(book);
        Check(book.State, book.Journal);
    }

    /// <summary>Checks a book by its parts.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="journal">Its entries from the first to the last.</param>
    /// <exception cref="InvariantViolationException">An invariant does not hold; the text says how.</exception>
    public static void Check(LedgerState state, IReadOnlyList<LedgerEvent> journal)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(journal);
        Require("INV-15", state.LastEntry.Value == journal.Count,
            $"the state stands at {state.LastEntry}, the journal has {journal.Count} entries");
        var fold = new JournalFold(journal);
        CheckDeals(state, journal, fold);
        CheckAccounts(state, fold);
        CheckConservation(state, fold);
        CheckBudgets(state, fold);
    }

    /// <summary>INV-3, INV-4: each account is what the journal adds up to, and none is overdrawn.</summary>
    private static void CheckAccounts(LedgerState state, JournalFold fold)
    {
        Require("INV-15", state.AccountCount == fold.Accounts.Count,
            $"the state has {state.AccountCount} accounts, the journal opened {fold.Accounts.Count}");
        var posted = new long[fold.Accounts.Count];
        var (pendingOut, pendingIn) = (new long[posted.Length], new long[posted.Length]);
        foreach (var posting in fold.Posted)
        {
            posted[posting.Debit.Value] -= posting.Amount;
            posted[posting.Credit.Value] += posting.Amount;
        }

        foreach (var posting in fold.Pending)
        {
            pendingOut[posting.Debit.Value] += posting.Amount;
            pendingIn[posting.Credit.Value] += posting.Amount;
        }

        for (var i = 0; i < posted.Length; i++)
        {
            if (fold.Evicted.Contains(i))
            {
                Require("INV-1", posted[i] == 0 && pendingOut[i] == 0 && pendingIn[i] == 0,
                    $"account {fold.Accounts[i]} was evicted with {posted[i]} in it");
                continue;
            }

            var name = fold.Accounts[i];
            var balance = LedgerQueries.GetBalance(state, name);
            Require("INV-4", balance.PendingOut == pendingOut[i] && balance.PendingIn == pendingIn[i],
                $"account {name} has {balance.PendingOut} out and {balance.PendingIn} in pending, its open holds "
                + $"add up to {pendingOut[i]} and {pendingIn[i]}");
            Require("INV-15", balance.Posted == posted[i],
                $"account {name} has {balance.Posted}, its postings add up to {posted[i]}");
            var isLimited = name.Kind is not (AccountKind.World or AccountKind.Mint);
            Require("INV-3", !isLimited || balance.Posted - balance.PendingOut >= 0,
                $"account {name} is overdrawn by {balance.PendingOut - balance.Posted}");
            Require("INV-4", balance.Available == balance.Posted - balance.PendingOut,
                $"account {name} shows {balance.Available} available of {balance.Posted} less {balance.PendingOut}");
        }
    }

    /// <summary>INV-1: every asset sums to zero, posted and pending.</summary>
    private static void CheckConservation(LedgerState state, JournalFold fold)
    {
        var open = fold.Accounts.Where((_, number) => !fold.Evicted.Contains(number));
        foreach (var asset in open.GroupBy(name => name.Asset))
        {
            var balances = asset.Select(name => LedgerQueries.GetBalance(state, name)).ToList();
            var posted = balances.Aggregate((Int128)0, (sum, balance) => sum + balance.Posted);
            var pending = balances.Aggregate((Int128)0, (sum, b) => sum + b.PendingIn - b.PendingOut);
            Require("INV-1", posted == 0 && pending == 0,
                $"asset {asset.Key} sums to {posted} posted and {pending} pending, both have to be 0");
        }

        Require("INV-1", TrialBalance.Of(state).IsZero, $"the trial balance of {state.LastEntry} is not zero");
    }

    /// <summary>INV-7, INV-10, INV-13: deals stand where the journal left them, and nothing else is held.</summary>
    private static void CheckDeals(LedgerState state, IReadOnlyList<LedgerEvent> journal, JournalFold fold)
    {
        foreach (var (deal, known) in fold.Deals)
        {
            var status = StatusOf(state, journal, deal);
            Require("INV-10", status == known.Status,
                $"{deal} is {known.Status} by the journal, {status} by the state");
        }

        foreach (var deal in fold.Refused)
        {
            var status = StatusOf(state, journal, deal);
            Require("INV-7", status == DealStatus.Refused, $"{deal} was refused for good, the state has it {status}");
        }

        Require("INV-13", state.OpenHoldCount == fold.OpenHoldCount,
            $"{state.OpenHoldCount} holds are open in the state, {fold.OpenHoldCount} by the journal");
    }

    /// <summary>Of an old deal the state knows only which entries to read.</summary>
    private static DealStatus? StatusOf(LedgerState state, IReadOnlyList<LedgerEvent> journal, DealId deal)
    {
        var standing = LedgerQueries.GetDeal(state, deal);
        while (standing is { Recalls.Count: > 0 })
        {
            var recalled = standing.Recalls.Select(
                entry => new RecalledEntry(entry, journal[(int)entry.Value - 1])).ToValueArray();
            standing = LedgerQueries.GetDeal(state, deal, recalled);
        }

        return standing?.Status;
    }

    /// <summary>
    /// INV-11: what deals took of a mandate, under it or under one delegated from it, is within its limits, and is
    /// what the state says.
    /// </summary>
    private static void CheckBudgets(LedgerState state, JournalFold fold)
    {
        var living = fold.Deals.Values
            .Where(deal => deal.Status is DealStatus.Held or DealStatus.Posted or DealStatus.Delivered)
            .ToList();
        foreach (var (id, mandate) in fold.Mandates)
        {
            var (held, posted, holds, deals) = (0L, 0L, 0, 0);
            var windows = new Dictionary<LedgerTime, long>();
            foreach (var (booked, status, _) in living)
            {
                var sides = fold.SidesUnder(booked, id);
                var taken = sides * (booked.Total.MinorUnits - fold.PaidBack.GetValueOrDefault(booked.Deal));
                var isHeld = status == DealStatus.Held;
                (held, posted) = isHeld ? (held + taken, posted) : (held, posted + taken);
                (holds, deals) = (holds + (isHeld ? sides : 0), deals + sides);
                var window = BudgetWindows.StartOf(mandate.Window, booked.At);
                windows[window] = windows.GetValueOrDefault(window) + taken;
            }

            Require("INV-11", windows.Values.All(taken => taken <= mandate.BudgetMaxMinor),
                $"deals under {id} take {windows.Values.DefaultIfEmpty().Max()} in one window, its budget is "
                + $"{mandate.BudgetMaxMinor}");
            Require("INV-11", !(deals > mandate.DealsMax) && !(holds > mandate.OpenHoldsMax),
                $"{deals} deals and {holds} holds are under {id}, which allows {mandate.DealsMax} and "
                + $"{mandate.OpenHoldsMax}");
            var usage = LedgerQueries.GetMandate(state, id)?.Usage;
            Require("INV-11", usage is { } shown && shown.HeldMinor == held && shown.PostedMinor == posted,
                $"deals under {id} hold {held} and posted {posted}, the state says {usage}");
        }
    }
}
