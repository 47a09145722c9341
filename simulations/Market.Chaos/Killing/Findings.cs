namespace Market.Chaos.Killing;

/// <summary>What is wrong after a run; the first few are told, all are counted.</summary>
internal sealed class Findings
{
    private const int ToldMax = 20;
    private readonly List<string> _told = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds one unless a condition holds.</summary>
    public void Require(bool condition, Func<string> what)
    {
        if (!condition)
        {
            Add(what());
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(string what)
    {
        if (Count++ < ToldMax)
        {
            _told.Add(what);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Count} findings:\n{string.Join('\n', _told)}";
}
