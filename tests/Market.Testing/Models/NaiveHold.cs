using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>What the obvious ledger knows of a hold, or of a deal held until delivery, for ever.</summary>
internal sealed class NaiveHold
{
    public required IReadOnlyList<Posting> Postings { get; init; }

    public required LedgerTime ExpiresAt { get; init; }

    public required EntryNumber Entry { get; init; }

    public DealId? Deal { get; init; }

    public LedgerCommandId? Command { get; init; }

    public HoldStatus Status { get; set; } = HoldStatus.Open;

    public EntryNumber ClosedBy { get; set; }

    public long AmountPosted { get; set; }

    public bool IsOpen => Status == HoldStatus.Open;
}

/// <summary>What the obvious ledger knows of a deal for ever.</summary>
internal sealed record NaiveDeal(
    Settle Command,
    EntryNumber Entry,
    SettlementCauses? Causes,
    IReadOnlyList<Posting> Postings,
    NaiveHold? Hold,
    LedgerTime At = default)
{
    public DealStatus Status => (Causes, Hold?.Status) switch
    {
        (not null, _) => DealStatus.Refused,
        (_, null) => DealStatus.Posted,
        (_, HoldStatus.Open) => DealStatus.Held,
        (_, HoldStatus.Posted) => DealStatus.Delivered,
        (_, HoldStatus.Voided) => DealStatus.Cancelled,
        _ => DealStatus.Expired,
    };
}
