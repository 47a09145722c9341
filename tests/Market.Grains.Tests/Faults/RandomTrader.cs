using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Settling;
using Market.Testing;

namespace Market.Grains.Tests.Faults;

/// <summary>
/// Seeded commands of a few principals to one ledger, old ones again among them, so that they collide: the same funds,
/// holds, mandates and deals.
/// </summary>
internal sealed class RandomTrader(Random random)
{
    private const int PrincipalsMax = 3;
    private const int KindsOfCommand = 12;

    private static readonly ListingId Wares = new(Some.Message(70, Some.Noon).Value);

    private readonly List<LedgerCommand> _sent = [];
    private readonly List<HoldTransfer> _holds = [];
    private readonly List<Mandate> _mandates = [];
    private readonly List<Settle> _deals = [];
    private int _ids;

    /// <summary>Money, units and a mandate for everybody, so that most of what follows is possible.</summary>
    public IEnumerable<LedgerCommand> Openings()
    {
        for (var i = 1; i <= PrincipalsMax; i++)
        {
            var owner = new PrincipalNumber(i);
            yield return Sent(new Deposit(NextId(), owner, Usd(random.Next(100, 1_000))));
            yield return Sent(new MintUnits(NextId(), Wares, owner, 30));
            yield return Sent(Grant(owner));
        }
    }

    public LedgerCommand Next(LedgerTime now) => Sent(random.Next(KindsOfCommand) switch
    {
        0 => new Deposit(NextId(), Principal(), Usd(random.Next(1, 200))),
        1 => new Withdraw(NextId(), Principal(), Usd(random.Next(1, 300))),
        2 or 3 => Hold(now),
        4 when _holds.Count > 0 => new PostHold(Pick(_holds).Id, random.Next(1, 40)),
        5 when _holds.Count > 0 => new VoidHold(Pick(_holds).Id),
        6 => Grant(Principal()),
        7 when _mandates.Count > 0 => Revoke(Pick(_mandates)),
        8 when _deals.Count > 0 => new ConfirmDelivery(Pick(_deals).Deal),
        9 when _deals.Count > 0 => new CancelDelivery(Pick(_deals).Deal),
        10 when _sent.Count > 0 => Pick(_sent),
        _ => Deal(now),
    });

    private static Money Usd(long minor) => new(minor, Currency.Usd);

    private static RevokeMandate Revoke(Mandate mandate) => new(mandate.Id, mandate.Principal);

    private LedgerCommand Sent(LedgerCommand command)
    {
        _sent.Add(command);
        return command;
    }

    private HoldTransfer Hold(LedgerTime now)
    {
        var (from, to) = Pair();
        var leg = new Leg(
            AccountName.Funds(from, Currency.Usd), AccountName.Funds(to, Currency.Usd), random.Next(1, 40));
        _holds.Add(new HoldTransfer(NextId(), leg, now + TimeSpan.FromSeconds(random.Next(2, 20))));
        return _holds[^1];
    }

    private GrantMandate Grant(PrincipalNumber owner)
    {
        var id = new MandateId(Some.Message(1_000 + ++_ids, Some.Noon).Value);
        _mandates.Add(new Mandate(
            id, owner, new AgentNumber(owner.Value), Currency.Usd, random.Next(20, 100), random.Next(50, 300),
            Some.Noon, Some.Noon + TimeSpan.FromDays(1)));
        return new GrantMandate(_mandates[^1]);
    }

    private Settle Deal(LedgerTime now)
    {
        var (buyer, seller) = Pair();
        var onDelivery = random.Next(2) == 0;
        var own = _mandates.Where(mandate => mandate.Principal == buyer).ToList();
        var total = Usd(random.Next(1, 80));
        var id = ++_ids;
        _deals.Add(new Settle(
            new DealId(Hash256.Of(BitConverter.GetBytes(id))),
            new NegotiationId(Some.Message(id, Some.Noon).Value),
            Hash256.Of(BitConverter.GetBytes(-id)),
            new DealParty(new AgentNumber(buyer.Value), buyer, own.Count == 0 ? null : Pick(own).Id),
            new DealParty(new AgentNumber(seller.Value), seller, null),
            total,
            DealLegs.Build(buyer, seller, total, 100, Wares, 1, null),
            onDelivery ? SettlementMode.OnDelivery : SettlementMode.Immediate,
            onDelivery ? now + TimeSpan.FromSeconds(random.Next(2, 30)) : null));
        return _deals[^1];
    }

    private (PrincipalNumber From, PrincipalNumber To) Pair()
    {
        var from = random.Next(PrincipalsMax);
        var to = (from + random.Next(1, PrincipalsMax)) % PrincipalsMax;
        return (new PrincipalNumber(from + 1), new PrincipalNumber(to + 1));
    }

    private PrincipalNumber Principal() => new(random.Next(1, PrincipalsMax + 1));

    private LedgerCommandId NextId() => Trade.Command(10_000 + ++_ids);

    private T Pick<T>(List<T> items) => items[random.Next(items.Count)];
}
