using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>
/// Every outcome of an agenda, numbered from 0 in row-major order: issues and values in the agenda's order, the last
/// issue fastest. Ties between outcomes go to the lowest number everywhere.
/// </summary>
public sealed class OutcomeSpace
{
    /// <summary>
    /// Most outcomes that one space enumerates: 1,000,000 of them rank in well under a second and in 20 MB.
    /// </summary>
    public const int CountMax = 1_000_000;

    /// <summary>Numbers the outcomes of an agenda.</summary>
    /// <exception cref="ArgumentException">The agenda has no issue, or an issue has no value.</exception>
    /// <exception cref="OutcomeSpaceTooLargeException">There are more than <see cref="CountMax"/> outcomes.</exception>
    public OutcomeSpace(Agenda agenda)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        Agenda = agenda;
        Count = CountOf(agenda);
    }

    /// <summary>The agenda whose outcomes these are.</summary>
    public Agenda Agenda { get; }

    /// <summary>Number of outcomes, 1 to <see cref="CountMax"/>.</summary>
    public int Count { get; }

    /// <summary>The outcome with a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public Outcome this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var issues = Agenda.Issues.AsSpan();
            Span<long> values = stackalloc long[issues.Length];
            for (var i = issues.Length - 1; i >= 0; i--)
            {
                var levels = (int)issues[i].LevelCount;
                values[i] = issues[i].ValueAt(index % levels);
                index /= levels;
            }

            return Outcome.Of(values);
        }
    }

    /// <summary>The number of an outcome.</summary>
    /// <exception cref="ArgumentException">The outcome is not of this agenda.</exception>
    public int IndexOf(Outcome outcome)
    {
        if (!Agenda.Contains(outcome))
        {
            throw new ArgumentException($"The outcome {outcome} is not of this agenda.", nameof(outcome));
        }

        var index = 0L;
        var issues = Agenda.Issues.AsSpan();
        for (var i = 0; i < issues.Length; i++)
        {
            index = (index * issues[i].LevelCount) + issues[i].LevelOf(outcome[i]);
        }

        return (int)index;
    }

    private static int CountOf(Agenda agenda)
    {
        if (agenda.Issues.Count is 0 or > MarketLimits.IssuesMax)
        {
            throw new ArgumentException(
                $"An agenda has 1 to {MarketLimits.IssuesMax} issues, not {agenda.Issues.Count}.", nameof(agenda));
        }

        Int128 count = 1;
        foreach (var issue in agenda.Issues)
        {
            if (issue.Step < 1 || issue.Maximum < issue.Minimum)
            {
                throw new ArgumentException($"The issue '{issue.Name}' has no value.", nameof(agenda));
            }

            count *= LevelsOf(issue);
            if (count > CountMax)
            {
                throw new OutcomeSpaceTooLargeException(agenda);
            }
        }

        return (int)count;
    }

    /// <summary>
    /// Number of values, in 128 bits: the span from the smallest long to the largest has no place in 64.
    /// </summary>
    internal static Int128 LevelsOf(Issue issue) =>
        issue.Fixed is null ? (((Int128)issue.Maximum - issue.Minimum) / issue.Step) + 1 : 1;
}
