using System.Diagnostics;
using Market.Domain;
using Market.Domain.Strategies;
using Market.Silo.Commands.Audit;
using Market.Silo.Commands.Demo;
using Market.Silo.Commands.Demo.Magentic;

namespace Market.Simulations.Populations;

/// <summary>
/// Runs a population in a market of its own, on the very grains of the server, or in one that runs already.
/// </summary>
internal static class PopulationRun
{
    /// <summary>Above any order of which the prices can be ranked.</summary>
    private static readonly Money StartingBalance = new(OutcomeSpace.CountMax, Currency.Usd);

    /// <summary>Runs it.</summary>
    /// <param name="plan">The population.</param>
    /// <param name="market">A running market; null for one of its own, whose books are audited at the end.</param>
    /// <param name="mark">Marks the agents in a running market; not used in one of its own.</param>
    /// <param name="ended">Is told after each period: its number from 0, and needs met so far.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<PopulationResult> RunAsync(
        PopulationPlan plan, Uri? market, string mark, Action<int, int>? ended, CancellationToken cancellationToken)
    {
        if (market is not null)
        {
            return await TradeAsync(plan.Marked(mark), market, ended, null, cancellationToken).ConfigureAwait(false);
        }

        var own = await DemoMarket.StartAsync(null, StartingBalance, cancellationToken).ConfigureAwait(false);
        await using (own.ConfigureAwait(false))
        {
            return await TradeAsync(plan, own.Address, ended, own.StopAndAuditAsync, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static async Task<PopulationResult> TradeAsync(
        PopulationPlan plan,
        Uri market,
        Action<int, int>? ended,
        Func<CancellationToken, Task<AuditReport>>? audit,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        IReadOnlyDictionary<MagenticId, MagenticSale> sales;
        TimeSpan elapsed;
        var floor = new PopulationFloor(plan);
        await using (floor.ConfigureAwait(false))
        {
            sales = await floor.RunAsync(market, ended, cancellationToken).ConfigureAwait(false);
            elapsed = Stopwatch.GetElapsedTime(started);
        }

        var report = audit is null ? null : await audit(cancellationToken).ConfigureAwait(false);
        return new PopulationResult(
            plan, NeedRows.Of(plan, sales), floor.Offers, SpeedOdds.Of(sales.Values), elapsed, report);
    }
}
