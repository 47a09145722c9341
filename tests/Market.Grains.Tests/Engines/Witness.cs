using System.Collections.Concurrent;
using Market.Grains.Hosting;

namespace Market.Grains.Tests.Engines;

/// <summary>Sees what happens inside the grains of a test, and lets the test wait for it.</summary>
public sealed class Witness
{
    private readonly ConcurrentDictionary<GrainId, int> _received = new();
    private readonly ConcurrentDictionary<GrainId, int> _applied = new();
    private readonly ConcurrentDictionary<GrainId, int> _made = new();
    private readonly List<Barrier> _barriers = [];
    private readonly List<Barrier> _appliedBarriers = [];
    private readonly ConcurrentQueue<string> _errors = new();
    private int _overlaps;

    public int Overlaps => _overlaps;

    public IReadOnlyCollection<string> Errors => _errors;

    public int Received(GrainId grain) => _received.GetValueOrDefault(grain);

    public int Applied(GrainId grain) => _applied.GetValueOrDefault(grain);

    /// <summary>How often a grain was loaded.</summary>
    public int Made(GrainId grain) => _made.GetValueOrDefault(grain);

    public IGrain? Make(GrainId grain)
    {
        if (grain.Kind == GrainKind.BuyerAgent)
        {
            return null; // a kind that this program does not know
        }

        _made.AddOrUpdate(grain, 1, (_, count) => count + 1);
        return grain.Kind == GrainKind.SellerAgent ? new DebtorGrain(grain, this) : new TallyGrain(grain, this);
    }

    /// <summary>Completes when a grain has decided that many messages.</summary>
    public Task WhenReceived(GrainId grain, int count)
    {
        lock (_barriers)
        {
            return Received(grain) >= count ? Task.CompletedTask : AddBarrier(_barriers, grain, count);
        }
    }

    /// <summary>Completes when a grain has applied that many events, replays included.</summary>
    public Task WhenApplied(GrainId grain, int count)
    {
        lock (_barriers)
        {
            return Applied(grain) >= count ? Task.CompletedTask : AddBarrier(_appliedBarriers, grain, count);
        }
    }

    public void OnApplied(GrainId grain)
    {
        lock (_barriers)
        {
            Pass(_appliedBarriers, grain, _applied.AddOrUpdate(grain, 1, (_, count) => count + 1));
        }
    }

    public void OnOverlap() => Interlocked.Increment(ref _overlaps);

    public void OnError(string what, Exception? error) => _errors.Enqueue($"{what} {error?.Message}");

    public void OnReceived(GrainId grain)
    {
        lock (_barriers)
        {
            Pass(_barriers, grain, _received.AddOrUpdate(grain, 1, (_, count) => count + 1));
        }
    }

    private static Task AddBarrier(List<Barrier> barriers, GrainId grain, int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        barriers.Add(new Barrier(grain, count, reached));
        return reached.Task;
    }

    private static void Pass(List<Barrier> barriers, GrainId grain, int count) => barriers.RemoveAll(
        barrier => barrier.Grain == grain && count >= barrier.Count && barrier.Reached.TrySetResult());

    private sealed record Barrier(GrainId Grain, int Count, TaskCompletionSource Reached);
}
