using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Silo.Tests.Clustering;

/// <summary>Silos that only say things to each other, over one journal; each can be made deaf.</summary>
internal sealed class PairedSilos : IAsyncDisposable
{
    private readonly MemoryJournal _journal = new();
    private readonly List<(SiloCluster Silo, EmbeddedCluster Here, Ear Ear)> _silos = [];

    public IJournal Journal => _journal;

    /// <summary>None yet, for tests whose silos' journals are elsewhere.</summary>
    public static PairedSilos Make() => new();

    /// <summary>How the others call a silo, by the order in which they were added.</summary>
    public static string NameOf(int number) => $"127.0.0.1:{number + 11111}@7";

    public async Task<SiloCluster> AddAsync()
    {
        var ear = new Ear(this, NameOf(_silos.Count));
        var silo = new SiloCluster(_journal, ear);
        var here = new EmbeddedCluster(
            _journal, new WireEventCodec(), static _ => null,
            static (_, _, _) => throw new NotSupportedException("Nobody subscribes."));
        await silo.StartAsync(here);
        _silos.Add((silo, here, ear));
        return silo;
    }

    /// <summary>From now on a silo does not hear what is said.</summary>
    public void Deafen(SiloCluster silo) => _silos.Single(one => one.Silo == silo).Ear.IsDeaf = true;

    /// <summary>From now on the others do without it, and do not say anything to it.</summary>
    public void Bury(SiloCluster silo) => _silos.Single(one => one.Silo == silo).Ear.IsDead = true;

    public async ValueTask DisposeAsync()
    {
        foreach (var (silo, here, _) in _silos)
        {
            await silo.DisposeAsync();
            await here.DisposeAsync();
        }

        await _journal.DisposeAsync();
    }

    private sealed class Ear(PairedSilos silos, string name) : ISiloTransport
    {
        private SiloCluster? _own;

        public string Name { get; } = name;

        public bool IsDeaf { get; set; }

        public bool IsDead { get; set; }

        public Task StartAsync(SiloCluster silo, CancellationToken cancellationToken)
        {
            _own = silo;
            return Task.CompletedTask;
        }

        public async Task<IReadOnlyCollection<string>> TellSilosAsync(byte[] message)
        {
            var others = silos._silos.Where(other => other.Silo != _own && !other.Ear.IsDead).ToList();
            await Task.WhenAll(others.Select(other => other.Ear.IsDeaf
                ? Task.FromException(new SiloUnreachableException(new TimeoutException("It is deaf.")))
                : other.Silo.HearAsync(message)));
            return [.. others.Select(static other => other.Ear.Name)];
        }

        public Task<byte[]> AskAsync(GrainId grain, byte[] message, CancellationToken cancellationToken) =>
            throw new NotSupportedException("There are no grains here.");

        public Task TellAsync(GrainId grain, byte[] message) =>
            throw new NotSupportedException("There are no grains here.");

        public Task<int> CountSessionsAsync(AgentNumber agent, int here) =>
            throw new NotSupportedException("There are no agents here.");

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
