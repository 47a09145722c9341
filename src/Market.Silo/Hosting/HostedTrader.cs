using System.Threading.Channels;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Silo.Keys;

namespace Market.Silo.Hosting;

/// <summary>
/// Runs the strategies that agents have left with the market. It follows each such agent's events; negotiations in
/// which it is a hosting's turn wait in one queue, each at most once, for a bounded number of workers. Nothing of it is
/// stored but what the journal has: a restart finds each negotiation where it stands and repeats a lost act under its
/// own id.
/// </summary>
internal sealed class HostedTrader : IAsyncDisposable
{
    private const int WorkersMax = 64;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromMinutes(1);

    private readonly HostedTraderServices _services;
    private readonly HostingWatch _watch;
    private readonly HostedWorker _worker;
    private readonly RankedCache _rankings = new();
    private readonly LiveStrategies _strategies = new();
    private readonly Channel<AgentNumber> _changed = Channel.CreateUnbounded<AgentNumber>();
    private readonly Channel<HostedNegotiation> _turns = Channel.CreateUnbounded<HostedNegotiation>();
    private readonly Dictionary<AgentNumber, (CancellationTokenSource Stop, Task Following)> _followers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];

    private HostedTrader(HostedTraderServices services, HostedWorker worker)
    {
        (_services, _worker) = (services, worker);
        _watch = new HostingWatch(services.Journal);
    }

    /// <summary>Starts to run what is to run; at its return nothing is left of hostings that have ended.</summary>
    public static async Task<HostedTrader> StartAsync(
        HostedTraderServices services, HostedWorker worker, CancellationToken cancellationToken = default)
    {
        var trader = new HostedTrader(services, worker);
        await trader._watch.StartAsync(cancellationToken).ConfigureAwait(false);
        trader._watch.Changed = agent => trader._changed.Writer.TryWrite(agent);
        if (services.Duty is OnlySilo)
        {
            trader.EraseWhatHasEnded(services.Table.All());
        }
        else
        {
            trader._running.Add(Task.Run(trader.EraseLaterAsync, CancellationToken.None));
        }

        foreach (var agent in trader._watch.Running().Select(static hosting => hosting.Agent).Distinct())
        {
            trader._changed.Writer.TryWrite(agent);
        }

        trader._running.Add(Task.Run(trader.ManageAsync, CancellationToken.None));
        for (var i = 0; i < WorkersMax; i++)
        {
            trader._running.Add(Task.Run(trader.WorkAsync, CancellationToken.None));
        }

        return trader;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _watch.Changed = null;
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_running).ConfigureAwait(false);
        foreach (var agent in _followers.Keys.ToList())
        {
            await StopFollowingAsync(agent).ConfigureAwait(false);
        }

        await _watch.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>A crash between an end and its erasure leaves a record; so does one before a hosting began.</summary>
    private void EraseWhatHasEnded(IEnumerable<(AgentNumber Agent, HostingId Hosting)> stored)
    {
        var running = _watch.Running().Select(static hosting => hosting.Hosting).ToHashSet();
        foreach (var (agent, hosting) in stored)
        {
            if (!running.Contains(hosting))
            {
                _services.Table.Erase(agent, hosting);
            }
        }
    }

    // Beside other silos a record may be of a hosting that is just beginning there, so it gets time to begin.
    private async Task EraseLaterAsync()
    {
        var stored = _services.Table.All().ToList();
        await Task.Delay(BeginsWithin, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_stop.IsCancellationRequested)
        {
            EraseWhatHasEnded(stored);
        }
    }

    /// <summary>Follows the agents anew whose hostings have changed.</summary>
    private async Task ManageAsync()
    {
        try
        {
            await foreach (var agent in _changed.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await StopFollowingAsync(agent).ConfigureAwait(false);
                if (_watch.RunningOf(agent) is { Count: > 0 } running)
                {
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                    _followers.Add(agent, (stop, Task.Run(() => FollowAsync(agent, running, stop.Token))));
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task StopFollowingAsync(AgentNumber agent)
    {
        if (_followers.Remove(agent, out var follower))
        {
            await follower.Stop.CancelAsync().ConfigureAwait(false);
            await follower.Following.ConfigureAwait(false);
            follower.Stop.Dispose();
        }
    }

    private async Task FollowAsync(AgentNumber number, IReadOnlyList<HostingStarted> started, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            HostedAgent? following = null;
            try
            {
                following = await OpenAsync(number, started).ConfigureAwait(false);
                await following.FollowAsync(stop).ConfigureAwait(false);
                return; // there are no more events: the market is stopping
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                _services.Log.LogError(error, "The hosted strategies of {Agent} paused.", number);
            }
            finally
            {
                following?.Leave();
            }

            await Task.Delay(RetryAfter, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<HostedAgent> OpenAsync(AgentNumber number, IReadOnlyList<HostingStarted> started)
    {
        var answer = await _services.Cluster.AskAsync(GrainId.Directory, new FindAgent(number)).ConfigureAwait(false);
        var agent = ((AgentFound)answer).Agent!;
        var hostings = new List<RunningHosting>();
        foreach (var hosting in started)
        {
            if (await OpenAsync(agent, hosting).ConfigureAwait(false) is { } running)
            {
                hostings.Add(running);
            }
        }

        return new HostedAgent(
            agent, hostings, _services.Market, _services.Journal, _services.Feed,
            negotiation => _turns.Writer.TryWrite(negotiation));
    }

    /// <summary>A hosting with what it needs; one that lacks something ends, and its agent is told why.</summary>
    private async Task<RunningHosting?> OpenAsync(Agent agent, HostingStarted started)
    {
        var limits = PrivateLimits.Read(_services.Table.Find(agent.Number, started.Hosting));
        var utility = limits?.Commitment() == started.Commitment ? limits.Decode() : null;
        var key = utility is null ? null : _services.Files.Load(agent.Number, started.Plan.SessionKey);
        if (utility is not null && key is not null)
        {
            return new RunningHosting(agent, started, utility, key, _rankings, _strategies);
        }

        var end = utility is null ? HostingEnd.LimitsUnreadable : HostingEnd.SessionKeyRevoked;
        await _services.Closer.EndAsync(agent, started.Hosting, end).ConfigureAwait(false);
        return null;
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var negotiation in _turns.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                await _services.Duty.WaitAsync(_stop.Token).ConfigureAwait(false);
                await TakeTurnAsync(negotiation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    private async Task TakeTurnAsync(HostedNegotiation negotiation)
    {
        try
        {
            if (await _worker.TakeTurnAsync(negotiation).ConfigureAwait(false) is { } pause)
            {
                _ = QueueLaterAsync(negotiation, pause);
            }
        }
        catch (Exception error)
        {
            _services.Log.LogError(error, "A turn of a hosted strategy failed; it is taken again.");
            _ = QueueLaterAsync(negotiation, RetryAfter);
        }
    }

    private async Task QueueLaterAsync(HostedNegotiation negotiation, TimeSpan pause)
    {
        await Task.Delay(pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_stop.IsCancellationRequested && negotiation.TryQueue())
        {
            _turns.Writer.TryWrite(negotiation);
        }
    }
}

/// <summary>What hosted strategies run on.</summary>
/// <param name="Market">The market.</param>
/// <param name="Cluster">The grains.</param>
/// <param name="Journal">The journal.</param>
/// <param name="Feed">The agents' events.</param>
/// <param name="Table">What agents left in confidence.</param>
/// <param name="Files">The private halves of session keys.</param>
/// <param name="Closer">Ends hostings.</param>
/// <param name="Duty">Whether this silo takes the turns; others only follow.</param>
/// <param name="Log">Where an operator looks.</param>
internal sealed record HostedTraderServices(
    MarketId Market,
    IGrainCluster Cluster,
    IJournal Journal,
    AgentFeed Feed,
    IPrivateTable Table,
    SessionKeyFiles Files,
    HostingCloser Closer,
    ISoleDuty Duty,
    ILogger Log);
