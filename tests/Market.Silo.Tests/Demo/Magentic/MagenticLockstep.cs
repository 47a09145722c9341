using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;

namespace Market.Silo.Tests.Demo.Magentic;

/// <summary>One act of one agent, in the order in which a customer's market went.</summary>
internal sealed record MagenticStep(
    MagenticId Customer, int Round, MagenticId Actor, MagenticId Business, string Kind, long Cents);

/// <summary>What a customer bought.</summary>
internal sealed record MagenticDeal(
    MagenticId Customer, MagenticId Business, long PaidCents, long UtilityCents, long SurplusCents);

/// <summary>
/// Plays a whole market in memory with the demo's own policies: no server, no connections, each customer in lockstep
/// with its matching businesses. What it adds up to is what the demo over real connections must come to.
/// </summary>
internal sealed class MagenticLockstep
{
    public List<MagenticStep> Steps { get; } = [];

    public List<MagenticDeal> Deals { get; } = [];

    public decimal CustomerUtility => Deals.Sum(deal => deal.UtilityCents) / 100m;

    public decimal BusinessSurplus => Deals.Sum(deal => deal.SurplusCents) / 100m;

    public static MagenticLockstep Play(
        MagenticMarket market, TimeDependentPreset? buyers = null, TimeDependentPreset? sellers = null)
    {
        var lockstep = new MagenticLockstep();
        buyers ??= TimeDependentPreset.Linear;
        sellers ??= TimeDependentPreset.Linear;
        foreach (var customer in market.Customers)
        {
            lockstep.Serve(market, customer, buyers, sellers);
        }

        return lockstep;
    }

    private void Serve(
        MagenticMarket market, MagenticCustomer customer, TimeDependentPreset buyers, TimeDependentPreset sellers)
    {
        var order = customer.Profile.Items;
        var matching = market.Businesses.Where(b => b.Profile.Serves(customer.Profile)).ToList();
        var posted = matching.Select(b => new MagenticPrice(b.Profile.Id, b.Profile.PostedTotalCents(order)));
        var buyer = new MagenticBuyer(customer, posted, buyers);
        var desks = matching.ToDictionary(b => b.Profile.Id, b => new MagenticSeller(b, order, sellers));
        var firm = new Dictionary<MagenticId, long>();
        for (var round = 0; round < MagenticRules.RoundsMax; round++)
        {
            var act = buyer.Act(round, firm);
            if (act.Accepted is { } accepted)
            {
                Settle(market, customer, round, accepted, "accepts");
                return;
            }

            foreach (var (business, cents) in act.Bids)
            {
                Record(customer, round, customer.Profile.Id, business, "bids", cents);
                firm[business] = desks[business].Answer(round, cents);
                Record(customer, round, business, business, "offers", firm[business]);
            }
        }

        if (buyer.TakeBest(firm) is { } purchase)
        {
            Settle(market, customer, MagenticRules.RoundsMax, purchase.Price, purchase.IsPosted ? "buys" : "takes");
        }
    }

    private void Settle(MagenticMarket market, MagenticCustomer customer, int round, MagenticPrice price, string kind)
    {
        Record(customer, round, customer.Profile.Id, price.Business, kind, price.TotalCents);
        var business = market.Businesses.Single(b => b.Profile.Id == price.Business);
        var floor = business.Secret.FloorCents(business.Profile.PostedTotalCents(customer.Profile.Items));
        Deals.Add(new MagenticDeal(
            customer.Profile.Id,
            price.Business,
            price.TotalCents,
            customer.Secret.WorthCents - price.TotalCents,
            price.TotalCents - floor));
    }

    private void Record(
        MagenticCustomer customer, int round, MagenticId actor, MagenticId business, string kind, long cents) =>
        Steps.Add(new MagenticStep(customer.Profile.Id, round, actor, business, kind, cents));
}
