using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Tests.Grains;

/// <summary>
/// Carries tells between plain grains, in any order; loses some and doubles others for as long as it is told to. Time
/// passes in sweeps: each tells every grain whose deadline has come.
/// </summary>
/// <param name="seed">The same seed loses, doubles and reorders the same.</param>
internal sealed class LossyPost(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Dictionary<GrainId, GrainBench> _grains = [];
    private readonly List<Tell> _inFlight = [];

    public bool LosesTells { get; set; } = true;

    public int Lost { get; private set; }

    public GrainBench this[GrainId id] => _grains[id];

    public void Add(GrainId id, IGrain grain) => _grains.Add(id, new GrainBench(grain));

    public GrainStep Ask(GrainId id, object message)
    {
        var step = _grains[id].Receive(message);
        Send(step.Tells);
        return step;
    }

    /// <summary>Delivers what is in flight, in random order, until nothing is.</summary>
    public void Deliver()
    {
        while (_inFlight.Count > 0)
        {
            var at = _random.Next(_inFlight.Count);
            var tell = _inFlight[at];
            _inFlight.RemoveAt(at);
            Ask(tell.To, tell.Message);
        }
    }

    /// <summary>A second passes, and whoever has a deadline behind it is told so.</summary>
    public void Sweep()
    {
        foreach (var (id, bench) in _grains)
        {
            bench.Clock += TimeSpan.FromSeconds(1);
            if (bench.DueAt is { } due && due <= bench.Clock)
            {
                Ask(id, new DeadlineReached());
            }
        }
    }

    private void Send(ValueArray<Tell> tells)
    {
        foreach (var tell in tells)
        {
            var copies = LosesTells ? _random.Next(4) switch { 0 or 1 => 0, 2 => 1, _ => 2 } : 1;
            Lost += copies == 0 ? 1 : 0;
            _inFlight.AddRange(Enumerable.Repeat(tell, copies));
        }
    }
}
