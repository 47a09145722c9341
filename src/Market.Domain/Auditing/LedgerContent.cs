using Market.Domain.Settling;

namespace Market.Domain.Auditing;

/// <summary>
/// All of a book that later decisions depend on but the ids it has seen, in one order, free of how it is kept: whoever
/// folds the same journal, in whatever way, gets equal content (INV-15).
/// </summary>
/// <param name="LastEntry">The last entry folded in.</param>
/// <param name="LastTime">Its time.</param>
/// <param name="AccountNumbers">How many account numbers were given, evicted accounts' among them.</param>
/// <param name="Accounts">The open accounts, by number.</param>
/// <param name="Mandates">The mandates, in the order in which they were granted.</param>
/// <param name="Holds">What is held, by deadline and then by entry.</param>
/// <param name="Claims">The open claims, by the entry that made them.</param>
/// <param name="Reversals">What was reversed or claimed of deals, by the entry that settled the deal.</param>
public sealed record LedgerContent(
    EntryNumber LastEntry,
    LedgerTime LastTime,
    int AccountNumbers,
    ValueArray<AccountContent> Accounts,
    ValueArray<MandateStanding> Mandates,
    ValueArray<HoldContent> Holds,
    ValueArray<ClaimContent> Claims,
    ValueArray<ReversedContent> Reversals)
{
    /// <summary>The content of a state; a pass over all of it.</summary>
    public static LedgerContent Of(LedgerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new LedgerContent(
            state.LastEntry,
            state.LastTime,
            state.Accounts.Count,
            AccountsOf(state),
            Enumerable.Range(0, state.Mandates.Count)
                .Select(place => LedgerQueries.GetMandate(state, state.Mandates[place].Mandate.Id)!)
                .ToValueArray(),
            state.Holds.ByDeadline.Select(hold => ContentOf(state, hold)).ToValueArray(),
            state.Claims.Select(claim => new ClaimContent(
                claim.Key,
                claim.Value.Deal,
                claim.Value.Postings,
                claim.Value.PaidMinor,
                MandateAt(state, claim.Value.BuyerMandate),
                MandateAt(state, claim.Value.SellerMandate),
                claim.Value.SettledAt)).ToValueArray(),
            state.Reversals.OrderBy(reversed => reversed.Key.Value)
                .Select(reversed => new ReversedContent(reversed.Key, ValueArray.Create<long>(reversed.Value)))
                .ToValueArray());
    }

    private static ValueArray<AccountContent> AccountsOf(LedgerState state)
    {
        var accounts = new AccountContent[state.OpenAccountCount];
        var count = 0;
        for (var place = 0; place < state.Accounts.Count; place++)
        {
            if (LedgerQueries.GetAccount(state, new AccountNumber(place)) is { } name)
            {
                ref readonly var account = ref state.Accounts[place];
                accounts[count++] = new AccountContent(
                    new AccountNumber(place), name, account.DebitsPosted, account.CreditsPosted,
                    account.DebitsPending, account.CreditsPending);
            }
        }

        return new ValueArray<AccountContent>(accounts);
    }

    private static HoldContent ContentOf(LedgerState state, OpenHold hold) => new(
        hold.Entry,
        hold.ExpiresAt,
        hold.Deal,
        hold.Command,
        MandateAt(state, hold.BuyerMandate),
        MandateAt(state, hold.SellerMandate),
        hold.TotalMinor,
        hold.Postings,
        hold.SettledAt);

    private static MandateId? MandateAt(LedgerState state, int place) =>
        place == OpenHold.None ? null : state.Mandates[place].Mandate.Id;
}

/// <summary>An account with its four sums.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Name">Its name.</param>
/// <param name="DebitsPosted">All that ever left.</param>
/// <param name="CreditsPosted">All that ever arrived.</param>
/// <param name="DebitsPending">What is held to leave.</param>
/// <param name="CreditsPending">What is held to arrive.</param>
public readonly record struct AccountContent(
    AccountNumber Number,
    AccountName Name,
    long DebitsPosted,
    long CreditsPosted,
    long DebitsPending,
    long CreditsPending);

/// <summary>Something that is held: a transfer, or all of a deal.</summary>
/// <param name="Entry">The entry that placed it.</param>
/// <param name="ExpiresAt">When it is released by itself.</param>
/// <param name="Deal">The deal; null for a hold outside deals.</param>
/// <param name="Command">The command that placed a hold outside deals; null for a deal.</param>
/// <param name="BuyerMandate">The mandate whose budget is held; null for none.</param>
/// <param name="SellerMandate">The other mandate; null for none.</param>
/// <param name="TotalMinor">What of the budgets is held.</param>
/// <param name="Postings">What is reserved.</param>
/// <param name="SettledAt">When the deal was settled; the default for a hold outside deals.</param>
public sealed record HoldContent(
    EntryNumber Entry,
    LedgerTime ExpiresAt,
    DealId? Deal,
    LedgerCommandId? Command,
    MandateId? BuyerMandate,
    MandateId? SellerMandate,
    long TotalMinor,
    ValueArray<Posting> Postings,
    LedgerTime SettledAt);

/// <summary>A claim that is open.</summary>
/// <param name="Entry">The entry that made it.</param>
/// <param name="Deal">The deal that is to be taken back.</param>
/// <param name="Postings">What is to move.</param>
/// <param name="PaidMinor">What of the money goes back to the mandates' budgets.</param>
/// <param name="BuyerMandate">The buyer's mandate; null for none.</param>
/// <param name="SellerMandate">The seller's mandate; null for none.</param>
/// <param name="SettledAt">When the deal was settled.</param>
public sealed record ClaimContent(
    EntryNumber Entry,
    DealId Deal,
    ValueArray<Posting> Postings,
    long PaidMinor,
    MandateId? BuyerMandate,
    MandateId? SellerMandate,
    LedgerTime SettledAt);

/// <summary>What was reversed or claimed of a deal.</summary>
/// <param name="Settled">The entry that settled it.</param>
/// <param name="Amounts">The sum for each leg of that entry.</param>
public sealed record ReversedContent(EntryNumber Settled, ValueArray<long> Amounts);
