namespace Market.Domain.Settling;

/// <summary>What the book remembers of a deal for ever: enough to answer the same settle in the same way.</summary>
internal struct DealRow : IKeyedRow<DealId>
{
    public DealId Id;
    public Hash256 TermsHash;
    public EntryNumber Entry;

    /// <summary>
    /// The entry that posted or voided a deal held until delivery; 0 while it is held, and for other deals.
    /// </summary>
    public EntryNumber ClosedBy;
    public LedgerTime At;

    /// <summary>The delivery deadline; the default where there is none.</summary>
    public LedgerTime DeliveryDeadline;

    /// <summary>Why, where the deal was refused; else null.</summary>
    public SettlementCauses? Causes;
    public DealStatus Status;

    /// <inheritdoc/>
    public readonly DealId Key => Id;
}

/// <summary>What the book remembers of an identified command for ever.</summary>
internal struct CommandRow : IKeyedRow<LedgerCommandId>
{
    public LedgerCommandId Id;
    public Hash256 PayloadHash;
    public EntryNumber Entry;

    /// <summary>Where the hold stands that the command placed; 0 where it placed none.</summary>
    public HoldStatus Hold;

    /// <summary>The entry that resolved the hold; 0 while it is open.</summary>
    public EntryNumber HoldClosedBy;

    /// <summary>What of the hold was posted.</summary>
    public long HoldPosted;

    /// <inheritdoc/>
    public readonly LedgerCommandId Key => Id;
}

/// <summary>
/// A pending transfer, or all of a deal held until delivery: resolved once, as a whole, and then forgotten.
/// </summary>
/// <param name="Entry">The entry that placed it, by which it is known.</param>
/// <param name="ExpiresAt">When it is released by itself.</param>
/// <param name="Postings">What is reserved.</param>
/// <param name="DealPlace">The deal's place, or <see cref="None"/>.</param>
/// <param name="CommandPlace">The place of the command that placed it, or <see cref="None"/>.</param>
/// <param name="BuyerMandate">Place of the mandate whose budget is held, or <see cref="None"/>.</param>
/// <param name="SellerMandate">Place of the other mandate, or <see cref="None"/>.</param>
/// <param name="TotalMinor">What of the budgets is held.</param>
internal sealed record OpenHold(
    EntryNumber Entry,
    LedgerTime ExpiresAt,
    ValueArray<Posting> Postings,
    int DealPlace,
    int CommandPlace,
    int BuyerMandate,
    int SellerMandate,
    long TotalMinor)
{
    public const int None = -1;

    /// <summary>A hold outside deals: one posting, no budget.</summary>
    public static OpenHold OfCommand(EntryNumber entry, LedgerTime expiresAt, Posting posting, int commandPlace) =>
        new(entry, expiresAt, [posting], None, commandPlace, None, None, TotalMinor: 0);
}
