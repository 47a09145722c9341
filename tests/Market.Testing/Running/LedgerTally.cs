using System.Globalization;
using System.Text;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>
/// What scripts were made of: how many commands of each kind came to what, and how many were left out.
/// </summary>
public sealed class LedgerTally
{
    private readonly SortedDictionary<(string Command, string Outcome), int> _counts = [];

    /// <summary>How many commands were told.</summary>
    public int Told => _counts.Values.Sum();

    /// <summary>How many commands did not meet the precondition and were not told.</summary>
    public int Discarded { get; private set; }

    /// <summary>The part of the commands that was left out, 0 to 1.</summary>
    public double DiscardRate => Discarded == 0 ? 0 : (double)Discarded / (Discarded + Told);

    /// <summary>Every refusal that was met.</summary>
    public IReadOnlySet<LedgerRefusal> Refusals { get; } = new HashSet<LedgerRefusal>();

    /// <summary>How often a kind of command came to an outcome: "done", "done before" or the refusal's name.</summary>
    public int this[string command, string outcome] => _counts.GetValueOrDefault((command, outcome));

    /// <summary>Adds what other scripts were made of.</summary>
    public void Add(LedgerTally other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (key, count) in other._counts)
        {
            _counts[key] = _counts.GetValueOrDefault(key) + count;
        }

        ((HashSet<LedgerRefusal>)Refusals).UnionWith(other.Refusals);
        Discarded += other.Discarded;
    }

    /// <summary>A line a kind of command, with the outcomes by name.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var kind in _counts.GroupBy(count => count.Key.Command))
        {
            var outcomes = kind.OrderByDescending(count => count.Value)
                .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value} {count.Key.Outcome}"));
            _ = text.Append(CultureInfo.InvariantCulture, $"{kind.Key,-16} {kind.Sum(count => count.Value),6}: ")
                .AppendJoin(", ", outcomes)
                .Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture, $"discarded {DiscardRate:P0}").ToString();
    }

    internal void Count(LedgerCommand command, LedgerVerdict verdict)
    {
        var key = (command.GetType().Name, verdict.Outcome switch
        {
            LedgerOutcome.Done => "done",
            LedgerOutcome.AlreadyDone => "done before",
            _ => verdict.Refused!.Reason.ToString(),
        });
        _counts[key] = _counts.GetValueOrDefault(key) + 1;
        foreach (var refused in new[] { verdict.Refused, verdict.Causes?.Buyer, verdict.Causes?.Seller })
        {
            _ = refused is not null && ((HashSet<LedgerRefusal>)Refusals).Add(refused.Reason);
        }
    }

    internal void Discard() => Discarded++;
}
