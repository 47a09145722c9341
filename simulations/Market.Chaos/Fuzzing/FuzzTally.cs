namespace Market.Chaos.Fuzzing;

/// <summary>
/// How often each row (a message type, a path) met each outcome, and what inputs cost. Tallies of threads are added up,
/// so the same inputs give the same tally however they were shared out.
/// </summary>
internal sealed class FuzzTally
{
    private readonly SortedDictionary<string, SortedDictionary<string, long>> _counts = new(StringComparer.Ordinal);

    /// <summary>Inputs so far.</summary>
    public long Inputs { get; private set; }

    /// <summary>Most bytes that one input made the decoder allocate.</summary>
    public long AllocatedMax { get; private set; }

    /// <summary>
    /// Most bytes allocated for each byte of an input, above what a refusal costs whatever the input is.
    /// </summary>
    public double RatioMax { get; private set; }

    /// <summary>The rows and their outcomes.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<string, long>> Rows => _counts;

    /// <summary>Counts an input.</summary>
    public void Count(string row, string outcome, long inputs = 1)
    {
        if (!_counts.TryGetValue(row, out var outcomes))
        {
            _counts.Add(row, outcomes = new SortedDictionary<string, long>(StringComparer.Ordinal));
        }

        outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + inputs;
        Inputs += inputs;
    }

    /// <summary>Keeps what an input cost if none cost more.</summary>
    public void Allocated(long bytes, double ratio)
    {
        AllocatedMax = Math.Max(AllocatedMax, bytes);
        RatioMax = Math.Max(RatioMax, ratio);
    }

    /// <summary>Adds another tally.</summary>
    public void Add(FuzzTally other)
    {
        foreach (var (row, outcomes) in other._counts)
        {
            foreach (var (outcome, inputs) in outcomes)
            {
                Count(row, outcome, inputs);
            }
        }

        Allocated(other.AllocatedMax, other.RatioMax);
    }

    /// <summary>Outcomes over all rows: how many inputs, and how many rows met it.</summary>
    public IEnumerable<(string Outcome, long Inputs, int Rows)> Outcomes() => _counts.Values
        .SelectMany(static outcomes => outcomes)
        .GroupBy(static pair => pair.Key, StringComparer.Ordinal)
        .Select(static group => (group.Key, group.Sum(static pair => pair.Value), group.Count()))
        .OrderBy(static outcome => outcome.Key, StringComparer.Ordinal);
}
