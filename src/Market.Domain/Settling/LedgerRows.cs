namespace Market.Domain.Settling;

/// <summary>
/// A pending transfer, or all of a deal held until delivery: resolved once, as a whole, and then forgotten.
/// </summary>
/// <param name="Entry">The entry that placed it, by which it is known.</param>
/// <param name="ExpiresAt">When it is released by itself.</param>
/// <param name="Postings">What is reserved.</param>
/// <param name="Deal">The deal that is held; null for a hold outside deals.</param>
/// <param name="Command">The command that placed a hold outside deals; null for a deal.</param>
/// <param name="BuyerMandate">Place of the mandate whose budget is held, or <see cref="None"/>.</param>
/// <param name="SellerMandate">Place of the other mandate, or <see cref="None"/>.</param>
/// <param name="TotalMinor">What of the budgets is held.</param>
/// <param name="SettledAt">When the deal was settled, which says the budgets' window; the default for others.</param>
internal sealed record OpenHold(
    EntryNumber Entry,
    LedgerTime ExpiresAt,
    ValueArray<Posting> Postings,
    DealId? Deal,
    LedgerCommandId? Command,
    int BuyerMandate,
    int SellerMandate,
    long TotalMinor,
    LedgerTime SettledAt)
{
    public const int None = -1;

    /// <summary>A hold outside deals: one posting, no budget.</summary>
    public static OpenHold OfCommand(
        EntryNumber entry, LedgerTime expiresAt, Posting posting, LedgerCommandId command) =>
        new(entry, expiresAt, [posting], null, command, None, None, TotalMinor: 0, SettledAt: default);
}

/// <summary>What a reversal could not pay: open until it is paid as a whole.</summary>
/// <param name="Deal">The deal that is to be taken back.</param>
/// <param name="Postings">What is to move.</param>
/// <param name="PaidMinor">What of the money goes back to both mandates' budgets then.</param>
/// <param name="BuyerMandate">Place of the buyer's mandate, or <see cref="OpenHold.None"/>.</param>
/// <param name="SellerMandate">Place of the seller's mandate, or <see cref="OpenHold.None"/>.</param>
/// <param name="SettledAt">When the deal was settled, which says the budgets' window.</param>
internal sealed record OpenClaim(
    DealId Deal,
    ValueArray<Posting> Postings,
    long PaidMinor,
    int BuyerMandate,
    int SellerMandate,
    LedgerTime SettledAt);
