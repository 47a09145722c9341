using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Balance = Market.Domain.Wire.Messages.Balance;

namespace Market.Chaos.Killing;

/// <summary>
/// What an agent is told of its principal's balances is what the ledger's rows add up to, and what the deals that the
/// agent itself saw settled add up to.
/// </summary>
internal static class AgentsBalances
{
    /// <summary>Compares what each agent was told.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="told">What the market answered each of them last.</param>
    /// <param name="startingCents">What each buyer had at the start.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static void Check(
        JournalView journal,
        IReadOnlyDictionary<TestAgent, IReadOnlyList<Balance>> told,
        long startingCents,
        Findings findings)
    {
        var book = journal.Book();
        foreach (var (agent, balances) in told)
        {
            var kept = LedgerQueries.GetBalances(book, agent.Principal).Accounts
                .Select(static b => new Balance(b.Account.ToString(), b.Posted, b.PendingOut, b.Available))
                .ToHashSet();
            findings.Require(
                kept.SetEquals(balances),
                () => $"{agent.Name} was told {string.Join(", ", balances)}; "
                    + $"the ledger has {string.Join(", ", kept)}.");

            var funds = AccountName.Funds(agent.Principal, Currency.Usd);
            var cents = balances.SingleOrDefault(b => b.Account == funds.ToString())?.Posted ?? 0;
            findings.Require(
                cents == CentsBySeenDeals(agent, startingCents),
                () => $"{agent.Name} has {cents} cents, and not what the deals that it saw settled add up to.");
        }
    }

    private static long CentsBySeenDeals(TestAgent agent, long startingCents)
    {
        var prices = new Dictionary<NegotiationId, long>();
        var cents = agent.Role == AgentRole.Buyer ? startingCents : 0;
        foreach (var (negotiation, _, @event) in agent.Seen)
        {
            switch (@event)
            {
                case NegotiationOpened { FirstOffer: { } offer }:
                    prices[negotiation] = offer.Terms.TotalMinorUnits;
                    break;
                case OfferMade made:
                    prices[negotiation] = made.Offer.Terms.TotalMinorUnits;
                    break;
                case PostedPriceTaken taken:
                    prices[negotiation] = taken.Offer.Terms.TotalMinorUnits;
                    break;
                case DealSettled:
                    var price = prices[negotiation];
                    cents += agent.Role == AgentRole.Buyer ? -price : price - Fees.Of(price, Wares.FeeBasisPoints);
                    break;
            }
        }

        return cents;
    }
}
