namespace Market.Simulations.Scenarios.Formats;

/// <summary>Collects what a format cannot say of a scenario.</summary>
internal sealed class ExportCheck
{
    private readonly string _format;
    private readonly Scenario _scenario;
    private readonly List<string> _reasons = [];

    private ExportCheck(string format, Scenario scenario)
    {
        _format = format;
        _scenario = scenario;
        foreach (var issue in scenario.Agenda.Issues.Where(issue => issue.LevelCount > ScenarioLimits.TableMax))
        {
            _reasons.Add($"the issue '{issue.Name}' has more than {ScenarioLimits.TableMax} values");
        }
    }

    /// <summary>A check of a scenario.</summary>
    public static ExportCheck Of(string format, Scenario scenario) => new(format, scenario);

    /// <summary>No profile has a bias.</summary>
    public ExportCheck NoBias() => Profiles(profile => profile.Utility.Bias != 0, "a bias");

    /// <summary>No profile is discounted.</summary>
    public ExportCheck NoDiscount() => Profiles(profile => profile.Discount != 1, "a discount");

    /// <summary>No reservation value is −∞.</summary>
    public ExportCheck FiniteReservations() => Profiles(
        static profile => double.IsInfinity(profile.Utility.ReservationValue), "a reservation value of minus infinity");

    /// <summary>There are two parties.</summary>
    public ExportCheck TwoParties() =>
        _scenario.Profiles.Count == 2 ? this : Add($"it has {_scenario.Profiles.Count} parties, not 2");

    /// <summary>Weights add up to exactly 1 as decimal digits.</summary>
    public ExportCheck WeightsOfOne() => Profiles(
        static profile => profile.Utility.Weights.Any(static weight => weight is < 0 or > 1)
            || profile.Utility.Weights.Sum(static weight => IssueText.Decimal(NumberText.Of(weight)) ?? 0) != 1,
        "weights whose sum is not 1");

    /// <summary>No value of an issue is below 0, and where one differs from 0 the largest is above it.</summary>
    public ExportCheck NoNegativeValues() => Values(static value => value < 0, "a value below 0");

    /// <summary>Values lie between 0 and 1.</summary>
    public ExportCheck ValuesFromZeroToOne() => Values(static value => value is < 0 or > 1, "a value outside 0 to 1");

    /// <summary>Adds a reason of the format's own.</summary>
    public ExportCheck Add(string reason)
    {
        _reasons.Add(reason);
        return this;
    }

    /// <summary>Refuses if there is a reason.</summary>
    /// <exception cref="ExportRefusedException">There is one.</exception>
    public void ThrowIfAny()
    {
        if (_reasons.Count > 0)
        {
            throw new ExportRefusedException(_format, _scenario.Name, _reasons);
        }
    }

    private ExportCheck Values(Func<double, bool> isWrong, string what)
    {
        for (var party = 0; party < _scenario.Profiles.Count; party++)
        {
            for (var issue = 0; issue < _scenario.Agenda.Issues.Count; issue++)
            {
                var subject = _scenario.Agenda.Issues[issue];
                if (subject.LevelCount <= ScenarioLimits.TableMax
                    && ScenarioTables.Of(_scenario, party, issue).Any(isWrong))
                {
                    _reasons.Add($"the profile '{_scenario.Profiles[party].Name}' has {what} ('{subject.Name}')");
                }
            }
        }

        return this;
    }

    private ExportCheck Profiles(Func<Profile, bool> isWrong, string what)
    {
        foreach (var profile in _scenario.Profiles.Where(isWrong))
        {
            _reasons.Add($"the profile '{profile.Name}' has {what}");
        }

        return this;
    }
}
