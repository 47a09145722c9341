using System.Diagnostics;
using Market.Domain.Strategies;

namespace Market.Benchmarks;

/// <summary>
/// One worker's negotiations of a pair of strategies, over several scenarios in turn, so that no branch is learnt by
/// heart. Strategy objects are made once and restarted, as a tournament does.
/// </summary>
internal sealed class SimulateRun
{
    private const int Rounds = 100;
    private const int Batch = 64;

    private readonly INegotiator[][] _pairs;
    private readonly AlternatingOffers[] _engines;
    private readonly SeededGenerator _seeds = new(1);

    /// <summary>Prepares a worker; the profiles are shared by all.</summary>
    public SimulateRun(IReadOnlyList<RankedOutcomes[]> scenarios, string first, string second)
    {
        _pairs = [.. scenarios.Select(profiles => new INegotiator[]
        {
            StrategyCatalog.Create(first, profiles[0]), StrategyCatalog.Create(second, profiles[1]),
        })];
        _engines = [.. scenarios.Select(profiles => new AlternatingOffers(profiles[0].Space))];
    }

    /// <summary>Negotiates for some time.</summary>
    public Tally Measure(TimeSpan time, IActSink? sink = null)
    {
        var tally = new Tally();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        do
        {
            for (var i = 0; i < Batch; i++)
            {
                Add(ref tally, sink);
            }
        }
        while (Stopwatch.GetElapsedTime(started) < time);

        tally.Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        tally.Bytes = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return tally;
    }

    private void Add(ref Tally tally, IActSink? sink)
    {
        var scenario = (int)(tally.Negotiations % _pairs.Length);
        var pair = _pairs[scenario];
        foreach (var strategy in pair)
        {
            ((RankedNegotiator)strategy).Restart(_seeds.NextBits());
        }

        var result = _engines[scenario].Run(pair, Rounds, sink);
        if (result.End == AlternatingOffersEnd.Failed)
        {
            throw new InvalidOperationException(result.Failure);
        }

        tally.Negotiations++;
        tally.Offers += result.Offers;
        tally.Agreements += result.IsAgreement ? 1 : 0;
    }

    /// <summary>What was done.</summary>
    internal struct Tally
    {
        public long Negotiations;
        public long Offers;
        public long Agreements;
        public long Bytes;
        public double Seconds;

        public readonly double PerSecond => Negotiations / Seconds;
    }
}
