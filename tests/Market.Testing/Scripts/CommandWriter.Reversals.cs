using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>Commands that aim at deals which the book has: random ids would hardly ever hit one.</content>
internal sealed partial class CommandWriter
{
    private const int LookBack = 12;

    /// <summary>All of a deal, a part of each leg, or amounts that may be wrong.</summary>
    private Reverse Reverse()
    {
        var booked = Booked();
        if (booked is null || OneIn(12))
        {
            return new Reverse(NextId(), Delivery(), [Amount(50), Amount(2)]);
        }

        var part = 1 + _random.Next(3);
        var amounts = booked.Postings.Select(posting => OneIn(6) ? Amount(4) : posting.Amount / part).ToValueArray();
        return new Reverse(NextId(), booked.Deal, OneIn(10) ? [.. amounts, 0] : amounts);
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

    private CloseSubject CloseSubject() => new(
        NextId(),
        _random.Next(8) switch
        {
            0 => Asset.Money(Currency.Usd),
            1 or 2 => Asset.Need(Request()),
            3 or 4 => Asset.Unit(Listing()),
            _ => Asset.Unit(TestIds.Listing(3)),
        });

    private EntryNumber Claim()
    {
        for (var number = _book.Journal.Count; number > 0 && !OneIn(20); number--)
        {
            if (_book.Journal[number - 1] is RefundClaimed && !OneIn(4))
            {
                return new EntryNumber(number);
            }
        }

        return new EntryNumber(_random.Next(_book.Journal.Count + 2));
    }

    /// <summary>One of the last deals of the book; null where it has none.</summary>
    private DealBooked? Booked()
    {
        var recent = _book.Journal.OfType<DealBooked>().TakeLast(LookBack).ToList();
        return recent.Count == 0 ? null : Pick(recent);
    }
}
