namespace Market.Domain.Settling;

/// <summary>Makes from an old entry what the book once remembered of it.</summary>
internal static class RecalledRows
{
    /// <summary>The row of an id; false where the entry belongs to another id that only looks alike.</summary>
    public static bool TryMake(
        RememberedKind kind, Hash256 id, EntryNumber entry, LedgerEvent @event, ref Past past, out RememberedRow row)
    {
        RememberedRow? made = (kind, @event) switch
        {
            (RememberedKind.Command, TransfersPosted posted) => RememberedRow.Of(posted, entry),
            (RememberedKind.Command, TransferHeld held) => RememberedRow.Of(held, entry),
            (RememberedKind.Command, IIdentifiedEntry done) => RememberedRow.Of(done.Command, @event, entry),
            (RememberedKind.Deal, DealBooked booked) => RememberedRow.Of(booked, entry),
            (RememberedKind.Deal, DealRefused refused) => RememberedRow.Of(refused, entry),
            (RememberedKind.HoldEnd, HoldPosted posted) =>
                RememberedRow.EndOf(posted.Hold, HoldStatus.Posted, posted.Amount, posted.At, entry),
            (RememberedKind.HoldEnd, HoldVoided voided) =>
                RememberedRow.EndOf(voided.Hold, HoldStatus.Voided, 0, voided.At, entry),
            (RememberedKind.DealEnd, DeliveryConfirmed confirmed) =>
                RememberedRow.EndOf(confirmed.Deal, DealStatus.Delivered, confirmed.At, entry),
            (RememberedKind.DealEnd, DeliveryCancelled cancelled) =>
                RememberedRow.EndOf(cancelled.Deal, DealStatus.Cancelled, cancelled.At, entry),
            (RememberedKind.HoldEnd, HoldsExpired expired)
                when PlacedBy(RememberedKind.Command, id, expired, ref past) =>
                RememberedRow.EndOf(new LedgerCommandId(id), HoldStatus.Expired, 0, expired.At, entry),
            (RememberedKind.DealEnd, HoldsExpired expired)
                when PlacedBy(RememberedKind.Deal, id, expired, ref past) =>
                RememberedRow.EndOf(new DealId(id), DealStatus.Expired, expired.At, entry),
            (RememberedKind.Eviction, AccountsEvicted evicted) when Evicts(evicted, id) =>
                new RememberedRow(RememberedKind.Eviction, id, entry, evicted.At, Detail: evicted),
            _ => null,
        };
        row = made.GetValueOrDefault();
        return made is not null && row.Id == id;
    }

    // An expiry names the entries that had placed what expired, so those say whether it is this one.
    private static bool PlacedBy(RememberedKind kind, in Hash256 id, HoldsExpired expired, ref Past past) =>
        past.TryFind(kind, id, out var placing) && expired.PlacedBy.AsSpan().Contains(placing.Entry);

    private static bool Evicts(AccountsEvicted evicted, Hash256 id) =>
        evicted.Evicted.Any(account => RememberedRow.IdOf(account.Number) == id);
}
