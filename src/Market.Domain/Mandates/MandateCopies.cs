using Market.Domain.Settling;
using Market.Domain.Wire;

namespace Market.Domain.Mandates;

/// <summary>
/// A copy of a book's mandates and their use, folded from the entries that concern them. It applies the ledger's own
/// rules to what it knows, which is the book as of the last entry it was given. One thread at a time.
/// </summary>
public sealed class MandateCopies : IMandateAdvisor
{
    private readonly MandateBook _book = new();
    private readonly Dictionary<MandateId, List<MandateId>> _children = [];
    private readonly Dictionary<DealId, OpenTake> _held = [];
    private readonly Dictionary<EntryNumber, DealId> _heldBy = [];
    private readonly Dictionary<EntryNumber, OpenTake> _claims = [];
    private LedgerTime _lastTime;

    /// <summary>How many mandates were ever granted.</summary>
    public int Count => _book.Count;

    /// <summary>Deals under a mandate that are held until delivery, and claims for reversals of such deals.</summary>
    public int OpenCount => _held.Count + _claims.Count;

    /// <summary>Folds one entry in; one that concerns no mandate changes nothing.</summary>
    /// <param name="event">The entry.</param>
    /// <param name="entry">Its number.</param>
    public void Apply(LedgerEvent @event, EntryNumber entry)
    {
        ArgumentNullException.ThrowIfNull(@event);
        _lastTime = @event.At;
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
            case DealReversed reversed:
                GiveBack(new OpenTake(
                    entry, Place(reversed.BuyerMandate), Place(reversed.SellerMandate), reversed.Paid.MinorUnits,
                    reversed.SettledAt));
                break;
            case RefundClaimed claimed:
                _claims.Add(entry, new OpenTake(
                    entry, Place(claimed.BuyerMandate), Place(claimed.SellerMandate), claimed.Paid.MinorUnits,
                    claimed.SettledAt));
                break;
            case ClaimPaid paid when _claims.Remove(paid.Claim, out var claim):
                GiveBack(claim);
                break;
        }
    }

    /// <inheritdoc/>
    public bool IsOf(MandateId mandate, PrincipalNumber principal) => _book.IsOf(mandate, principal);

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
    public byte[] Save() => WireFormat.Encode(new MandateCopiesDocument(
        _lastTime,
        Enumerable.Range(0, _book.Count)
            .Select(place => _book.StandingOf(place, default, _lastTime))
            .ToValueArray(),
        _held.Keys.ToValueArray(),
        _held.Values.ToValueArray(),
        _claims.Values.ToValueArray()));

    /// <summary>The copy that was saved.</summary>
    /// <exception cref="WireFormatException">The bytes are not a copy that this version saved.</exception>
    public static MandateCopies Load(ReadOnlySpan<byte> bytes)
    {
        var saved = WireFormat.Decode<MandateCopiesDocument>(bytes);
        var copies = new MandateCopies { _lastTime = saved.LastTime };
        foreach (var standing in saved.Mandates)
        {
            copies._book.Restore(standing, saved.LastTime);
            copies.AddChild(standing.Mandate);
        }

        for (var i = 0; i < saved.HeldDeals.Count; i++)
        {
            copies.Hold(saved.HeldDeals[i], saved.Held[i]);
        }

        foreach (var claim in saved.Claims)
        {
            copies._claims.Add(claim.Entry, claim);
        }

        return copies;
    }

    private int Place(MandateId? mandate) => _book.PlaceOf(mandate);

    private void GiveBack(in OpenTake take)
    {
        _book.GiveBack(take.Buyer, take.TotalMinor, take.At);
        _book.GiveBack(take.Seller, take.TotalMinor, take.At);
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
            Hold(booked.Deal, new OpenTake(entry, buyer, seller, total, booked.At));
        }
    }

    private void Hold(DealId deal, OpenTake held)
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
}

/// <summary>What an open hold or claim has taken of two mandates, by their places.</summary>
internal readonly record struct OpenTake(EntryNumber Entry, int Buyer, int Seller, long TotalMinor, LedgerTime At);

/// <summary>What is saved of a copy.</summary>
internal sealed record MandateCopiesDocument(
    LedgerTime LastTime,
    ValueArray<MandateStanding> Mandates,
    ValueArray<DealId> HeldDeals,
    ValueArray<OpenTake> Held,
    ValueArray<OpenTake> Claims);
