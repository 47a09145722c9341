using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>Deals: settled at once or held until delivery, refused for good, delivered, cancelled.</content>
public sealed partial class NaiveLedger
{
    private readonly Dictionary<DealId, NaiveDeal> _deals = [];

    /// <summary>Where a deal stands; null where no entry has decided it.</summary>
    public DealStatus? StatusOf(DealId deal) => _deals.GetValueOrDefault(deal)?.Status;

    private LedgerVerdict TellSettle(Settle command, LedgerTime now)
    {
        if (_deals.TryGetValue(command.Deal, out var known))
        {
            return Again(known, command);
        }

        if ((CheckForm(command) ?? CheckCount(command.Legs.Count) ?? CheckShape(command)) is { } wrong)
        {
            return LedgerVerdict.RefusesDeal(wrong, wrong, isForGood: false);
        }

        var legs = command.Legs.ToList();
        var deadline = command.DeliveryDeadline is { } moment ? CheckDeadline(moment, now) : null;
        if ((deadline ?? CheckLegs(legs)) is { } impossible)
        {
            return RefuseForGood(command, impossible, impossible);
        }

        var posts = command.Mode == SettlementMode.Immediate;
        var buyer = CheckAvailable(legs, LedgerRefusal.NeedAlreadyFilled, posts, AccountKind.Need)
            ?? CheckMandate(command, command.Buyer, now)
            ?? CheckAvailable(legs, LedgerRefusal.BuyerFundsExceeded, posts, AccountKind.Funds)
            ?? (posts ? null : CheckHoldCount(command.Buyer.Principal));
        var seller = CheckMandate(command, command.Seller, now)
            ?? CheckAvailable(legs, LedgerRefusal.StockExceeded, posts, AccountKind.Stock);
        if (buyer is not null || seller is not null)
        {
            return RefuseForGood(command, buyer, seller);
        }

        var postings = Touch(legs);
        NaiveHold? hold = null;
        if (posts)
        {
            _posted.AddRange(postings);
        }
        else
        {
            hold = new NaiveHold
            {
                Postings = postings,
                ExpiresAt = command.DeliveryDeadline!.Value,
                Entry = Next,
                Deal = command.Deal,
            };
            _holds.Add(hold);
        }

        _deals.Add(command.Deal, new NaiveDeal(command, Next, null, postings, hold, now));
        return LedgerVerdict.Done;
    }

    private static LedgerVerdict Again(NaiveDeal known, Settle command)
    {
        if (known.Command.TermsHash != command.TermsHash)
        {
            var differs = new LedgerRefused(
                LedgerRefusal.DealExistsWithDifferentTerms, Entry: known.Entry, Field: LedgerField.TermsHash);
            return LedgerVerdict.RefusesDeal(differs, differs, isForGood: false);
        }

        return known.Causes is { } causes
            ? LedgerVerdict.RefusesDeal(causes.Buyer, causes.Seller, isForGood: false)
            : LedgerVerdict.AlreadyDone(known.Entry);
    }

    private LedgerVerdict RefuseForGood(Settle command, LedgerRefused? buyer, LedgerRefused? seller)
    {
        var verdict = LedgerVerdict.RefusesDeal(buyer, seller, isForGood: true);
        _deals.Add(command.Deal, new NaiveDeal(command, Next, verdict.Causes, [], null));
        return verdict;
    }

    private static LedgerRefused? CheckForm(Settle command)
    {
        if (command.Buyer.Principal.Value < 1 || command.Seller.Principal.Value < 1)
        {
            return new LedgerRefused(LedgerRefusal.PartyMissing);
        }

        if (command.Buyer.Principal == command.Seller.Principal)
        {
            return new LedgerRefused(LedgerRefusal.BuyerAndSellerAreTheSamePrincipal);
        }

        return (command.Mode, command.DeliveryDeadline is null) switch
        {
            (SettlementMode.Immediate, false) => new LedgerRefused(LedgerRefusal.DeliveryDeadlineUnexpected),
            (SettlementMode.OnDelivery, true) => new LedgerRefused(LedgerRefusal.DeliveryDeadlineMissing),
            (SettlementMode.Immediate or SettlementMode.OnDelivery, _) => null,
            _ => new LedgerRefused(LedgerRefusal.SettlementModeUnknown),
        };
    }

    private static LedgerRefused? CheckShape(Settle command)
    {
        foreach (var leg in command.Legs)
        {
            if (CheckAmount(leg.Amount) is { } refused)
            {
                return refused;
            }

            if (!IsPayment(leg, command) && !IsDelivery(leg, command) && !IsFilling(leg, command))
            {
                return new LedgerRefused(LedgerRefusal.LegNotPartOfDeal);
            }
        }

        var paid = command.Legs.Where(leg => IsPayment(leg, command)).Sum(leg => leg.Amount);
        if (paid != command.Total.MinorUnits)
        {
            return new LedgerRefused(LedgerRefusal.LegsDoNotAddUpToTotal, paid, command.Total.MinorUnits);
        }

        return command.Legs.Any(leg => IsDelivery(leg, command)) ? null : new LedgerRefused(LedgerRefusal.GoodsMissing);
    }

    private static bool IsPayment(Leg leg, Settle command)
    {
        var money = Asset.Money(command.Total.Currency);
        var isToSeller = leg.Credit.Kind == AccountKind.Funds && leg.Credit.Owner == command.Seller.Principal;
        return leg.Debit.Kind == AccountKind.Funds && leg.Debit.Owner == command.Buyer.Principal
            && leg.Debit.Asset == money && leg.Credit.Asset == money
            && (isToSeller || leg.Credit.Kind == AccountKind.Fees);
    }

    private static bool IsDelivery(Leg leg, Settle command) =>
        leg.Debit.Kind == AccountKind.Stock && leg.Debit.Owner == command.Seller.Principal
        && leg.Credit.Kind == AccountKind.Owned && leg.Credit.Owner == command.Buyer.Principal;

    private static bool IsFilling(Leg leg, Settle command) =>
        leg.Debit.Kind == AccountKind.Need && leg.Debit.Owner == command.Buyer.Principal
        && leg.Credit.Kind == AccountKind.Filled;

    private LedgerVerdict CloseDelivery(DealId id, LedgerTime now, DealStatus wanted)
    {
        if (!_deals.TryGetValue(id, out var deal) || deal.Status == DealStatus.Refused)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.DealUnknown);
        }

        if (deal.Hold is not { } hold)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.DealNotOnDelivery, deal.Entry);
        }

        if (deal.Status == wanted)
        {
            return LedgerVerdict.AlreadyDone(hold.ClosedBy);
        }

        if (!hold.IsOpen)
        {
            return LedgerVerdict.Refuses(
                deal.Status switch
                {
                    DealStatus.Delivered => LedgerRefusal.DeliveryAlreadyConfirmed,
                    DealStatus.Cancelled => LedgerRefusal.DeliveryAlreadyCancelled,
                    _ => LedgerRefusal.DeliveryDeadlinePassed,
                },
                hold.ClosedBy);
        }

        if (hold.ExpiresAt <= now)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.DeliveryDeadlinePassed);
        }

        if (wanted == DealStatus.Delivered)
        {
            _posted.AddRange(hold.Postings);
        }

        Close(hold, wanted == DealStatus.Delivered ? HoldStatus.Posted : HoldStatus.Voided);
        return LedgerVerdict.Done;
    }
}
