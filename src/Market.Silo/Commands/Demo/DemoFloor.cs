using System.Diagnostics;

namespace Market.Silo.Commands.Demo;

/// <summary>Brings agents into a market, lets them trade until every buyer is done, and sees them out.</summary>
/// <param name="sellers">The sellers; they enter first, so that buyers find all of them.</param>
/// <param name="buyers">The buyers.</param>
/// <param name="progress">Counts who has entered.</param>
internal sealed class DemoFloor(
    IReadOnlyCollection<DemoSeller> sellers, IReadOnlyCollection<DemoAgent> buyers, DemoProgress progress)
{
    /// <summary>Agents that enter at once; more would only queue for the same processors.</summary>
    private const int EnteringMax = 32;

    /// <summary>Runs the trade.</summary>
    /// <param name="market">Where agents connect.</param>
    /// <param name="trade">What the buyers do, with a token that is cancelled when an agent has failed.</param>
    /// <param name="cancellationToken">Stops everything.</param>
    /// <returns>How long it took, from the first connection to the last buyer's end.</returns>
    public async Task<TimeSpan> RunAsync(
        Uri market, Func<CancellationToken, Task> trade, CancellationToken cancellationToken)
    {
        using var tasks = new DemoTasks(cancellationToken);
        TimeSpan elapsed;
        try
        {
            elapsed = await TradeAsync(market, trade, tasks, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await CloseAsync(tasks).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return elapsed;
    }

    private async Task<TimeSpan> TradeAsync(
        Uri market, Func<CancellationToken, Task> trade, DemoTasks tasks, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await EnterAsync(sellers, market, cancellationToken).ConfigureAwait(false);
        await EnterAsync(buyers, market, cancellationToken).ConfigureAwait(false);
        foreach (var seller in sellers)
        {
            tasks.Start(stopping => seller.ServeAsync(tasks, stopping));
        }

        await tasks.RunAsync(trade).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>
    /// Ends the sellers' work, then all connections; throws what made the trade fail, if something did.
    /// </summary>
    private async Task CloseAsync(DemoTasks tasks)
    {
        try
        {
            await tasks.StopAsync().ConfigureAwait(false);
        }
        finally
        {
            await Task.WhenAll(sellers.Concat(buyers).Select(static agent => agent.DisposeAsync().AsTask()))
                .ConfigureAwait(false);
        }
    }

    private Task EnterAsync(IEnumerable<DemoAgent> agents, Uri market, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = EnteringMax,
            CancellationToken = cancellationToken,
        };
        return Parallel.ForEachAsync(agents, options, async (agent, stopping) =>
        {
            await agent.EnterAsync(market, stopping).ConfigureAwait(false);
            progress.CountEntered();
        });
    }
}
