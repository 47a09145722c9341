using Market.Domain;
using Market.Domain.Settling;

namespace Market.Benchmarks;

/// <summary>
/// Commands for one book: principals with money, listings with stock, and transfers and deals among them, uniformly
/// and always from the same seed. Commands are made before the clock starts: who sends them pays for them.
/// </summary>
internal sealed class LedgerWorkload(int principals)
{
    private const long Funds = 1_000_000_000_000;
    private static readonly Currency Usd = Currency.Usd;
    private readonly Random _random = new(1);
    private long _time = 638_000_000_000_000_000;
    private ulong _ids;

    /// <summary>The moment of the next entry.</summary>
    public LedgerTime Next() => new(++_time);

    /// <summary>Money for every principal.</summary>
    public IEnumerable<LedgerCommand> Deposits() =>
        Enumerable.Range(1, principals).Select(i => new Deposit(Id(), new PrincipalNumber(i), new Money(Funds, Usd)));

    /// <summary>Stock of two listings for each of the even principals, and a request of each odd one.</summary>
    public IEnumerable<LedgerCommand> Mints()
    {
        for (var i = 2; i <= principals; i += 2)
        {
            yield return new MintUnits(Id(), Listing(i, 0), new PrincipalNumber(i), Funds);
            yield return new MintUnits(Id(), Listing(i, 1), new PrincipalNumber(i), Funds);
            yield return new MintNeed(Id(), Request(i - 1), new PrincipalNumber(i - 1), Funds);
        }
    }

    /// <summary>Transfers of one unit of money between two principals.</summary>
    public LedgerCommand[] Transfers(int count)
    {
        var commands = new LedgerCommand[count];
        for (var i = 0; i < count; i++)
        {
            var from = 1 + _random.Next(principals);
            var to = 1 + ((from + _random.Next(principals - 1)) % principals);
            commands[i] = new Transfer(Id(), [new Leg(FundsOf(from), FundsOf(to), 1)]);
        }

        return commands;
    }

    /// <summary>Deals of five legs: price, fee, units of two listings, need.</summary>
    public LedgerCommand[] Settlements(int count)
    {
        var commands = new LedgerCommand[count];
        for (var i = 0; i < count; i++)
        {
            var (buyer, seller) = (1 + (2 * _random.Next(principals / 2)), 2 + (2 * _random.Next(principals / 2)));
            commands[i] = Settlement(new PrincipalNumber(buyer), new PrincipalNumber(seller));
        }

        return commands;
    }

    private Settle Settlement(PrincipalNumber buyer, PrincipalNumber seller)
    {
        var total = new Money(1_000, Usd);
        var other = Listing(seller.Value, 1);
        var legs = DealLegs.Build(
            buyer, seller, total, feeBasisPoints: 100, Listing(seller.Value, 0), quantity: 1, Request(buyer.Value));
        var id = Id().Value;
        return new Settle(
            new DealId(id),
            new NegotiationId(new Guid((int)id.D, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
            id,
            new DealParty(new AgentNumber(buyer.Value), buyer, null),
            new DealParty(new AgentNumber(seller.Value), seller, null),
            total,
            [.. legs, new Leg(AccountName.Stock(seller, other), AccountName.Owned(buyer, other), 1)]);
    }

    private static AccountName FundsOf(int principal) => AccountName.Funds(new PrincipalNumber(principal), Usd);

    private static ListingId Listing(int seller, int which) =>
        new(new Guid(seller, (short)(which + 1), 0, 0, 0, 0, 0, 0, 0, 0, 7));

    private static RequestId Request(int buyer) => new(new Guid(buyer, 9, 0, 0, 0, 0, 0, 0, 0, 0, 7));

    // Spread as the hashes are that ids really are.
    private LedgerCommandId Id()
    {
        var n = ++_ids;
        return new LedgerCommandId(unchecked(new Hash256(
            n * 0x9E3779B97F4A7C15, (n ^ 0x1234) * 0xBF58476D1CE4E5B9, n * 0x94D049BB133111EB, n)));
    }
}
