using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>Commands that aim at deals which the book has: random ids would hardly ever hit one.</content>
internal sealed partial class CommandWriter
{
    private const int LookBack = 12;

    /// <summary>All of a deal, a part of each leg, or amounts that may be wrong.</summary>
    private Reverse Reverse()
    {
        var booked = (OneIn(8) ? Unreturnable() : null) ?? Booked();
        if (booked is null || OneIn(12))
        {
            return new Reverse(NextId(), Delivery(), [Amount(50), Amount(2)]);
        }

        var part = 1 + _random.Next(3);
        var amounts = booked.Postings.Select(posting => OneIn(6) ? Amount(4) : posting.Amount / part).ToValueArray();
        return new Reverse(NextId(), booked.Deal, OneIn(10) ? [.. amounts, 0] : amounts);
    }

    /// <summary>A buyer that no longer has what a reversal would send back.</summary>
    private Transfer GiveAway()
    {
        var booked = Booked();
        var source = booked?.Postings
            .Select(posting => LedgerQueries.GetAccount(_book.State, posting.Credit))
            .FirstOrDefault(name => name?.Kind == AccountKind.Owned) ?? AccountName.Owned(Principal(), Listing());
        var available = LedgerQueries.GetBalance(_book.State, source).Available;
        return new Transfer(
            NextId(), [new Leg(source, source with { Owner = Other(source.Owner) }, Math.Max(1, available))]);
    }

    /// <summary>A seller that has spent what a reversal would take back.</summary>
    private Withdraw WithdrawAll()
    {
        var booked = Booked();
        var owner = booked?.Seller.Principal ?? Principal();
        var coin = booked?.Total.Currency ?? Coin();
        var available = LedgerQueries.GetBalance(_book.State, AccountName.Funds(owner, coin)).Available;
        return new Withdraw(NextId(), owner, new Money(Math.Max(1, available), coin));
    }

    /// <summary>Often the request of a deal: a reversal of it then meets accounts that are gone.</summary>
    private CloseSubject CloseSubject()
    {
        var filled = Booked()?.Postings
            .Select(posting => LedgerQueries.GetAccount(_book.State, posting.Debit))
            .FirstOrDefault(name => name?.Kind == AccountKind.Need);
        var any = _random.Next(8) switch
        {
            0 => Asset.Money(Currency.Usd),
            1 or 2 => Asset.Need(Request()),
            3 => Asset.Unit(Listing()),
            _ => Asset.Unit(TestIds.Listing(3)),
        };
        return new CloseSubject(NextId(), filled is { } need && OneIn(2) ? need.Asset : any);
    }

    private LedgerCommand PayClaimOrReverse()
    {
        var claims = _book.Journal.Index().Where(entry => entry.Item is RefundClaimed).ToList();
        if (claims.Count > 0)
        {
            return new PayClaim(NextId(), new EntryNumber(Pick(claims).Index + 1));
        }

        return OneIn(8) ? new PayClaim(NextId(), new EntryNumber(_random.Next(9))) : Reverse();
    }

    /// <summary>
    /// One of the last deals that are held until delivery, sooner one whose mandate was stopped since; null where
    /// there is none.
    /// </summary>
    private DealBooked? Held()
    {
        var held = _book.Journal.OfType<DealBooked>()
            .TakeLast(3 * LookBack)
            .Where(booked => _book.StandingOf(booked.Deal)?.Status == DealStatus.Held)
            .ToList();
        var stopped = held.Where(booked => booked.Buyer.Mandate is { } mandate
            && LedgerQueries.GetMandate(_book.State, mandate)?.Status == MandateStatus.Revoked).ToList();
        return held.Count == 0 ? null : Pick(stopped.Count > 0 && OneIn(2) ? stopped : held);
    }

    /// <summary>A deal that can no longer be taken back, as an account of it is gone; or null.</summary>
    private DealBooked? Unreturnable()
    {
        var gone = _book.Journal.OfType<DealBooked>().Where(booked => booked.Postings.Any(posting =>
            LedgerQueries.GetAccount(_book.State, posting.Debit) is null
            || LedgerQueries.GetAccount(_book.State, posting.Credit) is null)).ToList();
        return gone.Count == 0 ? null : Pick(gone);
    }

    /// <summary>One of the last deals of the book; null where it has none.</summary>
    private DealBooked? Booked()
    {
        var recent = _book.Journal.OfType<DealBooked>().TakeLast(LookBack).ToList();
        return recent.Count == 0 ? null : Pick(recent);
    }
}
