namespace Market.Domain.Settling;

/// <summary>What an id that the book remembers is the id of.</summary>
internal enum RememberedKind : byte
{
    /// <summary>An identified command; <see cref="RememberedRow.Mark"/> is its reason, or that of a hold.</summary>
    Command = 1,

    /// <summary>The end of a hold, by the id that had placed it; the mark is its status.</summary>
    HoldEnd = 2,

    /// <summary>A deal, settled or refused; the mark is its status then.</summary>
    Deal = 3,

    /// <summary>The end of a deal held until delivery; the mark is its status.</summary>
    DealEnd = 4,

    /// <summary>The eviction of an account, by its number.</summary>
    Eviction = 5,
}

/// <summary>
/// What the book remembers of something that was done under an id: enough to answer the same command in the same
/// way, and to say in what another one differs. A function of the entry, so that it can be made again from it.
/// </summary>
/// <param name="Kind">What the id is the id of.</param>
/// <param name="Id">The id.</param>
/// <param name="Entry">The entry.</param>
/// <param name="At">The entry's time.</param>
/// <param name="Mark">By the kind: a reason or a status.</param>
/// <param name="Debit">Where the amount of a command with one leg left.</param>
/// <param name="Credit">Where it arrived.</param>
/// <param name="Amount">How much; of a hold's end, what was posted.</param>
/// <param name="Deadline">When a hold ends, or a deal's delivery is due; the default where there is none.</param>
/// <param name="TermsHash">The terms of a deal.</param>
/// <param name="Detail">The entry itself where its content does not fit above; else null.</param>
internal readonly record struct RememberedRow(
    RememberedKind Kind,
    Hash256 Id,
    EntryNumber Entry,
    LedgerTime At,
    byte Mark = 0,
    int Debit = 0,
    int Credit = 0,
    long Amount = 0,
    LedgerTime Deadline = default,
    Hash256 TermsHash = default,
    LedgerEvent? Detail = null)
{
    /// <summary>Mark of a command that placed a hold.</summary>
    public const byte Held = 100;

    /// <summary>Mark of a command whose entry is in <see cref="Detail"/>.</summary>
    public const byte Detailed = 101;

    public static RememberedRow Of(TransfersPosted posted, EntryNumber entry)
    {
        if (posted.Postings.Count != 1)
        {
            return new RememberedRow(
                RememberedKind.Command, posted.Command.Value, entry, posted.At, (byte)posted.Reason, Detail: posted);
        }

        ref readonly var posting = ref posted.Postings.AsSpan()[0];
        return new RememberedRow(
            RememberedKind.Command, posted.Command.Value, entry, posted.At, (byte)posted.Reason,
            posting.Debit.Value, posting.Credit.Value, posting.Amount);
    }

    public static RememberedRow Of(TransferHeld held, EntryNumber entry) => new(
        RememberedKind.Command, held.Command.Value, entry, held.At, Held,
        held.Posting.Debit.Value, held.Posting.Credit.Value, held.Posting.Amount, held.ExpiresAt);

    public static RememberedRow Of(LedgerCommandId command, LedgerEvent @event, EntryNumber entry) =>
        new(RememberedKind.Command, command.Value, entry, @event.At, Detailed, Detail: @event);

    public static RememberedRow Of(DealBooked booked, EntryNumber entry) => new(
        RememberedKind.Deal, booked.Deal.Value, entry, booked.At,
        (byte)(booked.Mode == SettlementMode.Immediate ? DealStatus.Posted : DealStatus.Held),
        Deadline: booked.DeliveryDeadline.GetValueOrDefault(), TermsHash: booked.TermsHash);

    public static RememberedRow Of(DealRefused refused, EntryNumber entry) => new(
        RememberedKind.Deal, refused.Deal.Value, entry, refused.At, (byte)DealStatus.Refused,
        TermsHash: refused.TermsHash, Detail: refused);

    public static RememberedRow EndOf(
        LedgerCommandId hold, HoldStatus status, long posted, LedgerTime at, EntryNumber entry) =>
        new(RememberedKind.HoldEnd, hold.Value, entry, at, (byte)status, Amount: posted);

    public static RememberedRow EndOf(DealId deal, DealStatus status, LedgerTime at, EntryNumber entry) =>
        new(RememberedKind.DealEnd, deal.Value, entry, at, (byte)status);

    public static RememberedRow Of(AccountsEvicted evicted, AccountNumber account, EntryNumber entry) =>
        new(RememberedKind.Eviction, IdOf(account), entry, evicted.At, Detail: evicted);

    /// <summary>The id under which an account's eviction is remembered.</summary>
    public static Hash256 IdOf(AccountNumber account) => new(0, 0, 0, (ulong)account.Value);
}
