using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Simulations.Scenarios;

/// <summary>A scenario as a file says it, before it is checked as a whole.</summary>
/// <param name="Name">Its name; characters that a name may not have become "-".</param>
/// <param name="Place">Where it begins.</param>
/// <param name="Issues">Its issues.</param>
/// <param name="Profiles">Its profiles.</param>
internal sealed record ScenarioDraft(
    string Name, Place Place, IReadOnlyList<IssueDraft> Issues, IReadOnlyList<ProfileDraft> Profiles)
{
    /// <summary>A sentence for people.</summary>
    public string Description { get; init; } = string.Empty;

    /// <summary>The currency of its amounts.</summary>
    public Domain.Currency Currency { get; init; } = Domain.Currency.Usd;

    /// <summary>Rounds, where the file names them.</summary>
    public int? Rounds { get; init; }

    /// <summary>The posted total in minor units, where the file names one.</summary>
    public long? Posted { get; init; }

    /// <summary>What the buyer has asked for.</summary>
    public IReadOnlyList<RequestedValue> Request { get; init; } = [];
}

/// <summary>An issue as a file says it.</summary>
/// <param name="Issue">The issue.</param>
/// <param name="Scale">What its levels stand for, where it is continuous.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record IssueDraft(Issue Issue, IssueScale? Scale, Place Place)
{
    /// <summary>The value that a text stands for; null where the issue has none of that text.</summary>
    public long? ValueOf(string text) => IssueText.ValueOf(Issue, Scale, text);

    /// <summary>The value of a level from 0, as text.</summary>
    public string TextAt(long level) => IssueText.Of(Issue, Scale, Issue.ValueAt(level));
}

/// <summary>A profile as a file says it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Places">Where its parts stand.</param>
/// <param name="Weights">One for each issue.</param>
/// <param name="Values">One for each issue.</param>
internal sealed record ProfileDraft(
    string Name, ProfilePlaces Places, IReadOnlyList<double> Weights, IReadOnlyList<ValueFunction> Values)
{
    /// <summary>The utility of no agreement.</summary>
    public double Reservation { get; init; }

    /// <summary>What every outcome is worth beforehand.</summary>
    public double Bias { get; init; }

    /// <summary>δ of the discounted utility.</summary>
    public double Discount { get; init; } = 1;
}
