using System.Diagnostics;
using System.Globalization;
using Market.Chaos.Killing;
using Market.Domain.Enrolling;

namespace Market.Chaos.Clusters;

/// <summary>
/// One trial: a market of its own, agents who trade without a pause through all of its gateways, the fault again and
/// again, and then the comparison of all that the clients were told with all that the store holds.
/// </summary>
internal sealed class TrialRun
{
    // Enough money that most deals settle until the end; some fail, for want of money or stock.
    private const int Wealth = 500;
    private const int ActsBetweenMin = 100;
    private const int ActsBetweenMax = 500;

    private readonly ClusterPlan _plan;
    private readonly Trial _trial;
    private readonly KillPlan _trading;
    private readonly Random _random;
    private readonly ClusterStore _store;
    private readonly SiloGroup _silos;
    private readonly List<TimeSpan> _recoveries = [];
    private readonly List<Zombie> _zombies = [];
    private TradingLoad _load = null!;

    private TrialRun(ClusterPlan plan, Trial trial, KillPlan trading, ClusterStore store, SiloGroup silos)
    {
        (_plan, _trial, _trading, _store, _silos) = (plan, trial, trading, store, silos);
        _random = trading.RandomOf(-(int)trial);
    }

    /// <summary>Runs it; what is wrong is in the result.</summary>
    /// <param name="plan">What to do.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="stop">Gives it up: its processes are killed, and it fails on that.</param>
    /// <exception cref="RunFailedException">It could not come to its end.</exception>
    public static async Task<TrialResult> RunAsync(ClusterPlan plan, Trial trial, CancellationToken stop)
    {
        using var store = ClusterStore.Make(plan);
        var trading = new KillPlan(Wealth, plan.Seed);
        await using var silos = new SiloGroup(plan, store, trading.StartingBalance);
        await using var giveUp = stop.UnsafeRegister(static all => ((SiloGroup)all!).KillAll(), silos);
        await silos.StartAsync();
        await using var load = await TradingLoad.StartAsync(silos.Gateways, trading);
        var run = new TrialRun(plan, trial, trading, store, silos) { _load = load };
        for (var i = 0; i < plan.Faults; i++)
        {
            await run.GoOnAsync();
            stop.ThrowIfCancellationRequested();
            run._recoveries.Add(await run.DoAsync());
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{trial} {i + 1} of {plan.Faults}: on again after {run._recoveries[i].TotalSeconds:F1} s"));
        }

        await run.GoOnAsync();
        await load.StopAsync();
        return run.ResultOf(await RunChecks.RunAsync(load.Agents, trading, store.Place, silos.StopAsync));
    }

    private TrialResult ResultOf(RunChecks checks)
    {
        // A silo that loses its fellows or its database says so; in the other trials a sound server says nothing.
        if (_plan.Engine == ClusterPlan.Embedded && _trial is Trial.Kill or Trial.Roll)
        {
            _silos.Errors.ForEach(errors => checks.Findings.Add($"A silo said: {errors}"));
        }

        var told = Zombie.Check(
            _zombies, _load.Agents.SelectMany(static agent => agent.Wire.Told), Zombie.PositionsOf(checks.Journal),
            checks.Findings);
        if (_zombies.Count > 0)
        {
            Console.Error.WriteLine(
                $"{_trial}: {_zombies.Count} silos went on after their death and confirmed {told} acts of before it");
        }

        checks.Findings.Require(checks.Deals.Settled > 0, static () => "No deal settled: the trial has shown nothing.");
        return new TrialResult(
            _trial, _recoveries, checks.Acts.Acknowledged, checks.Acts.SentAgain, checks.Deals.Settled,
            checks.Deals.Failed, checks.Rows, checks.Findings.Count == 0 ? [] : [checks.Findings.ToString()]);
    }

    private Task<TimeSpan> DoAsync() => _trial switch
    {
        Trial.Kill => KillAsync(_random.Next(_plan.Silos)),
        Trial.Freeze => FreezeAsync(_random.Next(_plan.Silos)),
        Trial.Roll => RollAsync(),
        _ => RestartDatabaseAsync(),
    };

    private async Task<TimeSpan> KillAsync(int victim)
    {
        var killed = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _load.CallInSettlement(_load.AcknowledgedCount, () =>
        {
            try
            {
                _silos.Kill(victim);
                killed.SetResult(Stopwatch.GetTimestamp());
            }
            catch (InvalidOperationException error)
            {
                killed.SetException(error); // it had ended by itself; this is an agent's thread, which must go on
            }
        });
        var since = await Eventually.DoneAsync("an agreement during which a silo is killed", killed.Task);
        await _silos.CollectAsync(victim);
        var recovered = Recovered(since);
        if (_plan.Silos == 1)
        {
            await _silos.StartAsync(victim);
            return await recovered;
        }

        var time = await recovered;
        await _silos.StartAsync(victim);
        return time;
    }

    private async Task<TimeSpan> FreezeAsync(int victim)
    {
        await _silos.SignalAsync(victim, "STOP");
        var others = _plan.Silos > 1 ? Recovered(Stopwatch.GetTimestamp()) : null;
        await Task.Delay(_plan.FrozenFor);
        if (others is null)
        {
            await _silos.SignalAsync(victim, "CONT");
            return await Recovered(Stopwatch.GetTimestamp());
        }

        await Eventually.TrueAsync("the others declare a frozen silo dead", () => _silos.IsDeadAsync(victim));
        var head = await _store.ReadHeadAsync();

        // From here on it is a zombie, until it finds out; its agents are mostly still connected to it.
        var thawed = DateTimeOffset.UtcNow;
        await _silos.SignalAsync(victim, "CONT");
        await _silos.CollectDeadAsync(victim);
        _zombies.Add(new Zombie(_silos.Gateways[victim], head, thawed, DateTimeOffset.UtcNow));
        var time = await others;
        await _silos.StartAsync(victim);
        await Recovered(Stopwatch.GetTimestamp());
        return time;
    }

    private async Task<TimeSpan> RollAsync()
    {
        var longest = TimeSpan.Zero;
        for (var i = 0; i < _plan.Silos; i++)
        {
            var since = Stopwatch.GetTimestamp();
            await _silos.StopAsync(i);
            var recovered = Recovered(since);
            await _silos.StartAsync(i);
            var time = await recovered;
            longest = time > longest ? time : longest;
        }

        return longest;
    }

    private async Task<TimeSpan> RestartDatabaseAsync()
    {
        var since = Stopwatch.GetTimestamp();
        _store.Stop();
        var recovered = Recovered(since);
        _store.Start();
        return await recovered;
    }

    /// <summary>
    /// The time from a moment until each buyer, who never pauses, has been acknowledged something that it had not been
    /// when this was called.
    /// </summary>
    private async Task<TimeSpan> Recovered(long since)
    {
        var waiting = _load.Agents.Where(static agent => agent.Role == AgentRole.Buyer)
            .ToDictionary(static agent => agent, static agent => agent.Wire.AcknowledgedCount);
        await Eventually.TrueAsync(
            $"every buyer is acknowledged again after the fault ({_trial})",
            () =>
            {
                foreach (var (buyer, before) in waiting.ToList())
                {
                    if (buyer.Wire.AcknowledgedCount > before)
                    {
                        waiting.Remove(buyer);
                    }
                }

                return waiting.Count == 0 || _load.Error() is not null;
            });
        Require(_load.Error() is null, $"The load failed: {_load.Error()}");
        return Stopwatch.GetElapsedTime(since);
    }

    private async Task GoOnAsync()
    {
        var target = _load.AcknowledgedCount + _random.Next(ActsBetweenMin, ActsBetweenMax);
        await Eventually.TrueAsync(
            "the market goes on acknowledging acts",
            () => _load.AcknowledgedCount >= target || _load.Error() is not null);
        Require(_load.Error() is null, $"The load failed: {_load.Error()}");
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new RunFailedException(what);
        }
    }
}
