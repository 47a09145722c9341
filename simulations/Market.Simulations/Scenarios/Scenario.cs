using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Simulations.Scenarios;

/// <summary>
/// What is negotiated, and what each party wants: an agenda and two or more profiles over it. Values that have names
/// are choices of the agenda's issues; the outcomes' order is that of the file. Immutable.
/// </summary>
/// <param name="Name">Unique in a tournament; letters, digits, "-", "_", ".".</param>
/// <param name="Description">A sentence for people; may be empty.</param>
/// <param name="Agenda">The issues, in the file's order. A scenario need not have a price.</param>
/// <param name="Profiles">The parties in their order; in two-party negotiations the first one opens.</param>
/// <param name="Rounds">Rounds after which there is no agreement, where the scenario says so; else null.</param>
/// <param name="Scales">
/// What the levels of continuous issues stand for, one place for each issue, null where an issue is not continuous;
/// empty where none is.
/// </param>
/// <param name="Posted">The total at which the seller sells to anybody, in minor units; null without one.</param>
/// <param name="Request">What the buyer has asked for; empty where nothing is. An agreement that differs is labelled.
/// </param>
internal sealed record Scenario(
    string Name,
    string Description,
    Agenda Agenda,
    ValueArray<Profile> Profiles,
    int? Rounds = null,
    ValueArray<IssueScale?> Scales = default,
    long? Posted = null,
    ValueArray<RequestedValue> Request = default)
{
    /// <summary>What the levels of an issue stand for; null where it is not continuous.</summary>
    public IssueScale? ScaleOf(int issue) => Scales.Count == 0 ? null : Scales[issue];

    /// <summary>
    /// A value of an issue as files and people write it: the choice's name, the day, "yes" or "no", the continuous
    /// number, or the integer itself.
    /// </summary>
    public string TextOf(int issue, long value) => IssueText.Of(Agenda.Issues[issue], ScaleOf(issue), value);

    /// <summary>The values of an outcome as text, joined by "|".</summary>
    public string TextOf(Outcome outcome) =>
        string.Join('|', outcome.Values.Select((value, issue) => TextOf(issue, value)));
}
