using System.Collections.Concurrent;
using Market.Grains.Hosting;

namespace Market.Grains.Tests.Hosting;

/// <summary>Sees what happens inside the grains of a test, and lets the test wait for it.</summary>
public sealed class Witness
{
    private readonly ConcurrentDictionary<GrainId, int> _received = new();
    private readonly ConcurrentDictionary<GrainId, int> _applied = new();
    private readonly ConcurrentDictionary<GrainId, int> _made = new();
    private readonly List<(GrainId Grain, int Count, TaskCompletionSource Reached)> _barriers = [];
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
        return new TallyGrain(grain, this);
    }

    /// <summary>Completes when a grain has decided that many messages.</summary>
    public Task WhenReceived(GrainId grain, int count)
    {
        lock (_barriers)
        {
            if (Received(grain) >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _barriers.Add((grain, count, reached));
            return reached.Task;
        }
    }

    public void OnApplied(GrainId grain) => _applied.AddOrUpdate(grain, 1, (_, count) => count + 1);

    public void OnOverlap() => Interlocked.Increment(ref _overlaps);

    public void OnError(string what, Exception? error) => _errors.Enqueue($"{what} {error?.Message}");

    public void OnReceived(GrainId grain)
    {
        lock (_barriers)
        {
            var received = _received.AddOrUpdate(grain, 1, (_, count) => count + 1);
            _barriers.RemoveAll(
                barrier => barrier.Grain == grain && received >= barrier.Count && barrier.Reached.TrySetResult());
        }
    }
}
