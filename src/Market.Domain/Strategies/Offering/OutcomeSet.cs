namespace Market.Domain.Strategies;

/// <summary>
/// Outcomes by index, each at most once: a bit for every outcome, and the members in the order in which they came, so
/// that emptying it costs as much as filling it did.
/// </summary>
/// <param name="outcomes">Number of outcomes that there are.</param>
internal sealed class OutcomeSet(int outcomes)
{
    private readonly ulong[] _bits = new ulong[(outcomes + 63) >> 6];
    private readonly List<int> _members = [];

    /// <summary>How many there are.</summary>
    public int Count => _members.Count;

    /// <summary>The members, in the order in which they came.</summary>
    public List<int> Members => _members;

    /// <summary>Whether one is a member.</summary>
    public bool Contains(int outcome) => (_bits[outcome >> 6] & (1UL << (outcome & 63))) != 0;

    /// <summary>Adds one; nothing if it is there.</summary>
    public void Add(int outcome)
    {
        if (!Contains(outcome))
        {
            _bits[outcome >> 6] |= 1UL << (outcome & 63);
            _members.Add(outcome);
        }
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        foreach (var member in _members)
        {
            _bits[member >> 6] = 0;
        }

        _members.Clear();
    }
}
