using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>
/// Random commands in small numbers, so that ids are used twice, limits are hit and accounts run dry. It remembers
/// what it has written, so that most commands about a hold, a deal or a mandate are about one that may exist. A new
/// kind of command is one more row of <see cref="_kinds"/>.
/// </summary>
internal sealed partial class CommandWriter
{
    private const int FeeBasisPoints = 250;
    private readonly Random _random;
    private readonly LedgerBook _book;
    private readonly (int Weight, Func<LedgerCommand> Write)[] _kinds;
    private readonly List<LedgerCommand> _written = [];
    private readonly List<LedgerCommandId> _holds = [];
    private readonly List<DealId> _deliveries = [];
    private readonly List<AccountName> _stocks = [];
    private readonly List<AccountName> _needs = [];
    private int _nextCommand = 1;
    private int _nextDeal = 1;

    /// <param name="random">Where lots are drawn.</param>
    /// <param name="book">The book that is told what is written, for commands that aim at what is in it.</param>
    public CommandWriter(Random random, LedgerBook? book = null)
    {
        _random = random;
        _book = book ?? new LedgerBook();
        _kinds =
        [
            (8, () => new Deposit(NextId(), Principal(), Money(6_000))),
            (3, () => new Withdraw(NextId(), Principal(), Money(600))),
            (4, MintUnits),
            (3, MintNeed),
            (1, Return),
            (4, Transfer),
            (5, HoldTransfer),
            (4, () => new PostHold(Hold(), Amount(300))),
            (2, () => new VoidHold(Hold())),
            (3, () => new ExpireHolds(1 + _random.Next(4))),
            (4, () => new GrantMandate(Mandate())),
            (2, RevokeMandate),
            (2, SuspendOrResume),
            (16, Settle),
            (3, () => new ConfirmDelivery(Delivery())),
            (2, () => new CancelDelivery(Delivery())),
            (1, () => new OpenAccount(NextId(), Account())),
            (2, CloseSubject),
            (4, Reverse),
            (3, PayClaimOrReverse),
            (1, GiveAway),
            (1, WithdrawAll),
            (1, ExportCheckpoint),
        ];
    }

    /// <summary>The script's clock, from which deadlines are made.</summary>
    public LedgerTime Clock { get; set; } = TestIds.Start;

    /// <summary>
    /// The next command: mostly a new one, sometimes one sent again, changed under its id, or spoilt.
    /// </summary>
    public LedgerCommand Next()
    {
        if (_written.Count > 0 && OneIn(12))
        {
            var earlier = Pick(_written);
            return OneIn(3) ? CommandSpoiler.ChangeContent(earlier, _random) : earlier;
        }

        var command = PickWeighted();
        if (OneIn(14))
        {
            return CommandSpoiler.Spoil(command, _random, Clock);
        }

        _written.Add(command);
        return command;
    }

    public AccountName Account() => _random.Next(8) switch
    {
        0 or 1 or 2 => AccountName.Funds(Principal(), Coin()),
        3 => AccountName.Stock(Principal(), Listing()),
        4 => AccountName.Owned(Principal(), Listing()),
        5 => AccountName.Need(Principal(), Request()),
        6 => AccountName.Filled(Request()),
        _ => AccountName.Fees(Coin()),
    };

    /// <summary>A deal that mostly could be settled: its mandates, if any, are mostly the sides' own.</summary>
    public Settle Settle()
    {
        var terms = TestIds.Hash(1 + _random.Next(1_000));
        var under = _mandates.Count > 0 && OneIn(2) ? Recent(_mandates) : null;
        var buyer = Under(under, Principal(), terms);
        var stock = _stocks.Count == 0 || OneIn(10) ? AccountName.Stock(Principal(), Listing()) : Pick(_stocks);
        var owner = stock.Owner == buyer.Principal ? Other(buyer.Principal) : stock.Owner;
        var owners = OneIn(6) ? _mandates.Where(known => known.Principal == owner).ToList() : [];
        var seller = owners.Count == 0
            ? new DealParty(Agent(), owner, OneIn(30) && _mandates.Count > 0 ? Pick(_mandates).Id : null)
            : Under(Pick(owners), owner, terms);
        var total = new Money(Amount(700), under is null || OneIn(8) ? Coin() : under.Currency);
        var isHeld = OneIn(2);
        var deal = _nextDeal > 3 && OneIn(25) ? TestIds.Deal(1 + _random.Next(_nextDeal)) : TestIds.Deal(_nextDeal++);
        if (isHeld)
        {
            _deliveries.Add(deal);
        }

        return new Settle(
            deal,
            TestIds.Negotiation(1 + _random.Next(1_000)),
            terms,
            buyer,
            seller,
            total,
            DealLegs.Build(
                buyer.Principal, seller.Principal, total, FeeBasisPoints, new ListingId(stock.Asset.Subject),
                Quantity(3), RequestOf(buyer.Principal)),
            isHeld ? SettlementMode.OnDelivery : SettlementMode.Immediate,
            isHeld ? Soon() : null,
            OneIn(3) ? null : under is { Categories.Count: > 0 } ? under.Categories[0].ToUpperInvariant() : Category());
    }

    private MintUnits MintUnits()
    {
        var (listing, owner) = (Listing(), Principal());
        _stocks.Add(AccountName.Stock(owner, listing));
        return new MintUnits(NextId(), listing, owner, Quantity(20));
    }

    private MintNeed MintNeed()
    {
        var (request, owner) = (Request(), Principal());
        _needs.Add(AccountName.Need(owner, request));
        return new MintNeed(NextId(), request, owner, Quantity(12));
    }

    /// <summary>Mostly none, else mostly one of the buyer's own.</summary>
    private RequestId? RequestOf(PrincipalNumber buyer)
    {
        if (!OneIn(4))
        {
            return null;
        }

        var own = _needs.Where(need => need.Owner == buyer).ToList();
        return own.Count == 0 ? Request() : new RequestId(Pick(own).Asset.Subject);
    }

    private Transfer Transfer()
    {
        var coin = Coin();
        var legs = new Leg[1 + _random.Next(4)];
        for (var i = 0; i < legs.Length; i++)
        {
            var from = Principal();
            legs[i] = new Leg(AccountName.Funds(from, coin), AccountName.Funds(Other(from), coin), 1 + Amount(400));
        }

        return new Transfer(NextId(), legs.ToValueArray());
    }

    /// <summary>
    /// Mostly after the last one, as a publisher asks; often so soon that nothing came in between.
    /// </summary>
    private ExportCheckpoint ExportCheckpoint()
    {
        var last = _book.Journal.OfType<CheckpointExported>().LastOrDefault();
        var after = OneIn(3) ? new EntryNumber(_random.Next(1 + _book.Journal.Count)) : last?.Entry ?? default;
        return new ExportCheckpoint(
            OneIn(4) ? new EntryNumber(_book.Journal.Count) : after, TestIds.Hash(3_000 + _random.Next(10)));
    }

    private HoldTransfer HoldTransfer()
    {
        var (from, coin, id) = (Principal(), Coin(), NextId());
        _holds.Add(id);
        var leg = new Leg(AccountName.Funds(from, coin), AccountName.Funds(Other(from), coin), 1 + Amount(300));
        return new HoldTransfer(id, leg, Soon());
    }

    private LedgerCommand PickWeighted()
    {
        var at = _random.Next(_kinds.Sum(kind => kind.Weight));
        foreach (var (weight, write) in _kinds)
        {
            at -= weight;
            if (at < 0)
            {
                return write();
            }
        }

        throw new InvalidOperationException("The weights do not add up.");
    }
}
