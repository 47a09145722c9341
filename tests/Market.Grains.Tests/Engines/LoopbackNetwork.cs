using System.Collections.Concurrent;
using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Tests.Engines;

/// <summary>
/// Silos in one process, and who has which grain: placed by its key, on the first ask; taken away when its silo gives
/// it up, and placed again only when it has left. What an engine for many machines does, without a network.
/// </summary>
internal sealed class LoopbackNetwork
{
    private readonly ConcurrentDictionary<GrainId, Place> _places = new();
    private readonly List<SiloCluster> _silos = [];

    /// <summary>Whether messages to other silos get lost now.</summary>
    public bool IsCut { get; set; }

    /// <summary>The transport of one more silo.</summary>
    public ISiloTransport AddSilo() => new Transport(this);

    private Place PlaceOf(GrainId grain) => _places.GetOrAdd(grain, static (id, network) =>
    {
        var silo = network._silos[id.Key.ToByteArray()[0] % network._silos.Count];
        var place = new Place(silo);
        silo.Placed(id, () => network.GiveUp(id, place));
        return place;
    }, this);

    private async ValueTask<SiloCluster> FindAsync(GrainId grain)
    {
        while (true)
        {
            var place = PlaceOf(grain);
            if (Volatile.Read(ref place.Leaving) is not { } leaving)
            {
                return place.Silo;
            }

            await leaving.Task;
        }
    }

    private void GiveUp(GrainId grain, Place place)
    {
        var leaving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref place.Leaving, leaving, null) is null)
        {
            _ = Task.Run(async () =>
            {
                await place.Silo.DisplacedAsync(grain, CancellationToken.None);
                _places.TryRemove(new KeyValuePair<GrainId, Place>(grain, place));
                leaving.SetResult();
            });
        }
    }

    private sealed class Place(SiloCluster silo)
    {
        public TaskCompletionSource? Leaving;

        public SiloCluster Silo => silo;
    }

    private sealed class Transport(LoopbackNetwork network) : ISiloTransport
    {
        private SiloCluster? _own;

        public Task StartAsync(SiloCluster silo, CancellationToken cancellationToken)
        {
            _own = silo;
            network._silos.Add(silo);
            return Task.CompletedTask;
        }

        public async Task<byte[]> AskAsync(GrainId grain, byte[] message, CancellationToken cancellationToken)
        {
            ThrowIfCut();
            var silo = await network.FindAsync(grain).AsTask().WaitAsync(cancellationToken);
            return await silo.AnswerAsync(grain, message, cancellationToken);
        }

        public async Task TellAsync(GrainId grain, byte[] message)
        {
            ThrowIfCut();
            (await network.FindAsync(grain)).Take(grain, message);
        }

        public async Task<IReadOnlyCollection<string>> TellSilosAsync(byte[] message)
        {
            ThrowIfCut();
            foreach (var silo in network._silos.Where(silo => silo != _own))
            {
                await silo.HearAsync(message);
            }

            return [];
        }

        public Task<int> CountSessionsAsync(AgentNumber agent, int here)
        {
            ThrowIfCut();
            return Task.FromResult(here);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private void ThrowIfCut()
        {
            if (network.IsCut)
            {
                throw new SiloUnreachableException(new TimeoutException("The network is cut."));
            }
        }
    }
}
