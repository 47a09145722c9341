using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>The small parts that commands are made of.</content>
internal sealed partial class CommandWriter
{
    private const int Principals = 4;
    private static readonly Currency Eur = Currency.Of("EUR", 2);

    /// <summary>Mostly the first ones, so that they have something to lose.</summary>
    public PrincipalNumber Principal() =>
        TestIds.Principal(1 + Math.Min(_random.Next(Principals), _random.Next(Principals)));

    public Currency Coin() => OneIn(6) ? Eur : Currency.Usd;

    public Money Money(int max) => new(1 + Amount(max), Coin());

    /// <summary>0 up to a bound; small ones are as likely as large ones.</summary>
    public long Amount(int max) => OneIn(2) ? _random.Next(max + 1) : _random.Next(1 + (max / 10));

    private PrincipalNumber Other(PrincipalNumber one) =>
        TestIds.Principal(1 + ((one.Value + _random.Next(Principals - 1)) % Principals));

    private AgentNumber Agent() => TestIds.Agent(11 + _random.Next(2));

    private ListingId Listing() => TestIds.Listing(1 + Math.Min(_random.Next(3), _random.Next(3)));

    private RequestId Request() => TestIds.Request(1 + _random.Next(2));

    private long Quantity(int max) => 1 + _random.Next(max);

    private LedgerTime Soon() => Clock + TimeSpan.FromMinutes(1 + _random.Next(OneIn(4) ? 5 : 240));

    private LedgerCommandId NextId() => TestIds.Command(_nextCommand++);

    private LedgerCommandId Hold() =>
        _holds.Count == 0 || OneIn(10) ? TestIds.Command(1 + _random.Next(_nextCommand)) : Recent(_holds);

    private DealId Delivery() =>
        OneIn(2) && Held() is { } held ? held.Deal
        : _deliveries.Count == 0 || OneIn(10) ? TestIds.Deal(1 + _random.Next(_nextDeal)) : Recent(_deliveries);

    private bool OneIn(int chances) => _random.Next(chances) == 0;

    private T Pick<T>(List<T> items) => items[_random.Next(items.Count)];

    /// <summary>One of the last ones, which are the likeliest to be open still.</summary>
    private T Recent<T>(List<T> items) => items[^(1 + _random.Next(Math.Min(items.Count, 6)))];

    /// <summary>Of a stock that was minted: all of it, or units, now and then more than are left.</summary>
    private IdentifiedLedgerCommand Return()
    {
        var stock = AnyStock();
        var listing = new ListingId(stock.Asset.Subject);
        return OneIn(3)
            ? new ReturnStock(NextId(), listing, stock.Owner)
            : new ReturnUnits(NextId(), listing, stock.Owner, Quantity(12));
    }

    private AccountName AnyStock() =>
        _stocks.Count == 0 ? AccountName.Stock(Principal(), Listing()) : Recent(_stocks);
}
