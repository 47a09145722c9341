using System.Collections.Concurrent;
using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;

namespace Market.Silo.Tests.Demo.Magentic;

/// <summary>A market played over real connections, with every act that each agent has sent.</summary>
internal static class MagenticDemoRun
{
    /// <summary>
    /// Plays it. The acts come back customer by customer, in the order of the rounds; in each, the customer's before
    /// those that answer it.
    /// </summary>
    public static async Task<List<MagenticStep>> PlayAsync(MagenticMarket market)
    {
        var acts = new ConcurrentBag<MagenticAct>();
        var linear = TimeDependentPreset.Linear;
        var demo = new MagenticDemo(market, linear, linear, acts.Add);
        var outcome = await demo.RunAsync(null, 1, CancellationToken.None);
        Assert.True(outcome.Audit.IsSound);
        return StepsOf(market, acts);
    }

    private static List<MagenticStep> StepsOf(MagenticMarket market, IReadOnlyCollection<MagenticAct> acts)
    {
        var customers = market.Customers.Select(customer => customer.Profile.Id).ToHashSet();
        var steps = new List<MagenticStep>();
        foreach (var talk in acts.GroupBy(act => act.Negotiation).Select(group => group.ToList()))
        {
            var customer = talk.First(act => customers.Contains(act.Actor)).Actor;
            var business = talk.Select(act => act.Actor).FirstOrDefault(actor => actor != customer);
            steps.AddRange(talk.Select(act =>
                new MagenticStep(customer, act.Round, act.Actor, business, act.Kind.ToString(), act.TotalCents)));
        }

        return
        [
            .. steps.OrderBy(step => step.Customer)
                .ThenBy(step => step.Round)
                .ThenBy(step => step.Actor != step.Customer)
                .ThenBy(step => step.Business)
                .ThenBy(step => step.Kind, StringComparer.Ordinal),
        ];
    }
}
