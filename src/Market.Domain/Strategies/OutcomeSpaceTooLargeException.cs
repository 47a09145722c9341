using System.Globalization;
using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>An agenda has more outcomes than a strategy may enumerate.</summary>
/// <param name="agenda">The agenda.</param>
public sealed class OutcomeSpaceTooLargeException(Agenda agenda) : Exception(MessageFor(agenda))
{
    private static string MessageFor(Agenda agenda)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        var sizes = agenda.Issues.Select(SizeOf);
        var most = OutcomeSpace.CountMax.ToString("N0", CultureInfo.InvariantCulture);
        return $"The agenda has more than {most} outcomes "
            + $"(values per issue: {string.Join(", ", sizes)}). Give an issue a narrower range or a larger step.";
    }

    // An agenda is refused at its first issue that is too much; a later one may not even have a valid step.
    private static string SizeOf(Issue issue)
    {
        var size = issue.Step < 1 ? "none" : OutcomeSpace.LevelsOf(issue).ToString(CultureInfo.InvariantCulture);
        return $"{issue.Name}: {size}";
    }
}
