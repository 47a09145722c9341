using Market.Domain.Auditing;
using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <summary>
/// A copy of a book's mandates and their use, folded from the entries that concern them. It applies the ledger's own
/// rules to what it knows, which is the book as of the last entry it was given. One thread at a time.
/// </summary>
public sealed class MandateCopies : IMandateAdvisor
{
    // Bounds what a wrong count can allocate.
    private const int HeldBytes = 64;

    private readonly MandateBook _book = new();
    private readonly Dictionary<MandateId, List<MandateId>> _children = [];
    private readonly Dictionary<DealId, HeldDeal> _held = [];
    private readonly Dictionary<EntryNumber, DealId> _heldBy = [];

    /// <summary>How many mandates were ever granted.</summary>
    public int Count => _book.Count;

    /// <summary>Deals under a mandate that are held until delivery.</summary>
    public int HeldCount => _held.Count;

    /// <summary>Folds one entry in; one that concerns no mandate changes nothing.</summary>
    /// <param name="event">The entry.</param>
    /// <param name="entry">Its number.</param>
    public void Apply(LedgerEvent @event, EntryNumber entry)
    {
        switch (@event)
        {
            case MandateGranted granted:
                _book.Grant(granted.Mandate, entry);
                AddChild(granted.Mandate);
                break;
            case MandateRevoked revoked:
                _book.Change(revoked.Mandate, MandateStatus.Revoked, entry);
                break;
            case MandateSuspended suspended:
                _book.Change(suspended.Mandate, MandateStatus.Suspended, entry);
                break;
            case MandateResumed resumed:
                _book.Change(resumed.Mandate, MandateStatus.Active, entry);
                break;
            case DealBooked booked:
                Take(booked, entry);
                break;
            case DeliveryConfirmed confirmed:
                Close(confirmed.Deal, isPosted: true);
                break;
            case DeliveryCancelled cancelled:
                Close(cancelled.Deal, isPosted: false);
                break;
            case HoldsExpired expired:
                foreach (var placedBy in expired.PlacedBy.AsSpan())
                {
                    Close(_heldBy.GetValueOrDefault(placedBy), isPosted: false);
                }

                break;
        }
    }

    /// <inheritdoc/>
    public LedgerRefused? Advise(in MandatedDeal deal, LedgerTime now) => _book.Check(deal, now);

    /// <summary>Whether a mandate, or one that it was delegated from, is suspended or revoked.</summary>
    public bool IsStopped(MandateId mandate) =>
        _book.TryFind(mandate, out var place) && _book.CheckStanding(place) is not null;

    /// <summary>A mandate and all that was delegated from it, itself first.</summary>
    public IReadOnlyList<MandateId> FamilyOf(MandateId mandate)
    {
        List<MandateId> family = [mandate];
        for (var i = 0; i < family.Count; i++)
        {
            family.AddRange(_children.GetValueOrDefault(family[i], []));
        }

        return family;
    }

    /// <summary>The copy as bytes.</summary>
    public byte[] Save()
    {
        var writer = new CanonicalWriter(1024);
        _book.Save(writer);
        writer.Int32(_held.Count);
        foreach (var (deal, held) in _held)
        {
            writer.Hash(deal.Value)
                .Int64(held.Entry.Value)
                .Int32(held.Buyer)
                .Int32(held.Seller)
                .Int64(held.TotalMinor)
                .Int64(held.At.Ticks);
        }

        return writer.Written.ToArray();
    }

    /// <summary>The copy that was saved.</summary>
    /// <exception cref="FormatException">The bytes are not a copy that this version saved.</exception>
    public static MandateCopies Load(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        var copies = new MandateCopies();
        copies._book.Load(ref reader);
        for (var i = 0; i < copies._book.Count; i++)
        {
            copies.AddChild(copies._book[i].Mandate);
        }

        var count = reader.Count(HeldBytes);
        for (var i = 0; i < count; i++)
        {
            copies.Hold(new DealId(reader.Hash()), new HeldDeal(
                new EntryNumber(reader.Int64()),
                reader.Int32(),
                reader.Int32(),
                reader.Int64(),
                new LedgerTime(reader.Int64())));
        }

        reader.End();
        return copies;
    }

    private void AddChild(Mandate mandate)
    {
        if (mandate.Parent is { } parent)
        {
            (_children.TryGetValue(parent, out var children) ? children : _children[parent] = []).Add(mandate.Id);
        }
    }

    private void Take(DealBooked booked, EntryNumber entry)
    {
        var (buyer, seller) = (_book.PlaceOf(booked.Buyer.Mandate), _book.PlaceOf(booked.Seller.Mandate));
        if (buyer == OpenHold.None && seller == OpenHold.None)
        {
            return;
        }

        var (total, isHeld) = (booked.Total.MinorUnits, booked.Mode == SettlementMode.OnDelivery);
        _book.Take(buyer, total, isHeld, booked.At);
        _book.Take(seller, total, isHeld, booked.At);
        if (isHeld)
        {
            Hold(booked.Deal, new HeldDeal(entry, buyer, seller, total, booked.At));
        }
    }

    private void Hold(DealId deal, HeldDeal held)
    {
        _held.Add(deal, held);
        _heldBy.Add(held.Entry, deal);
    }

    private void Close(DealId deal, bool isPosted)
    {
        if (!_held.Remove(deal, out var held))
        {
            return; // under no mandate
        }

        _heldBy.Remove(held.Entry);
        foreach (var place in (ReadOnlySpan<int>)[held.Buyer, held.Seller])
        {
            if (isPosted)
            {
                _book.Post(place, held.TotalMinor);
            }
            else
            {
                _book.Release(place, held.TotalMinor, held.At);
            }
        }
    }

    private readonly record struct HeldDeal(
        EntryNumber Entry, int Buyer, int Seller, long TotalMinor, LedgerTime At);
}
