using System.Globalization;
using System.Text;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Simulations.Scenarios.Formats.Own;

/// <summary>Writes our own scenario files: what is read back is the same, utilities to the last bit.</summary>
internal sealed class OwnWriter
{
    private const int Columns = 110;

    private readonly Scenario _scenario;
    private readonly StringBuilder _text = new();

    private OwnWriter(Scenario scenario) => _scenario = scenario;

    /// <summary>The file of a scenario.</summary>
    public static string Write(Scenario scenario)
    {
        var writer = new OwnWriter(scenario);
        writer.WriteHead();
        writer.WriteIssues();
        writer.WriteOrder();
        writer.WriteProfiles();
        return writer._text.ToString();
    }

    private void WriteHead()
    {
        Int128 outcomes = 1;
        foreach (var issue in _scenario.Agenda.Issues)
        {
            outcomes *= issue.LevelCount;
        }

        var (issues, parties) = (_scenario.Agenda.Issues.Count, _scenario.Profiles.Count);
        Line(0, string.Create(
            CultureInfo.InvariantCulture, $"# Issues: {issues}, outcomes: {outcomes:N0}, parties: {parties}."));
        Line(0, $"name: {YamlText.Of(_scenario.Name)}");
        if (_scenario.Description.Length > 0)
        {
            Line(0, $"description: {YamlText.Of(_scenario.Description)}");
        }

        if (_scenario.Rounds is { } rounds)
        {
            Line(0, $"rounds: {NumberText.Of(rounds)}");
        }

        if (_scenario.Agenda.Currency is var currency && currency != Currency.Usd)
        {
            Line(0, $"currency: {currency.Code}" + (currency.Scale == 2 ? string.Empty : $"/{currency.Scale}"));
        }
    }

    private void WriteIssues()
    {
        Line(0, "issues:");
        for (var i = 0; i < _scenario.Agenda.Issues.Count; i++)
        {
            var issue = _scenario.Agenda.Issues[i];
            Line(1, $"- name: {YamlText.Of(issue.Name)}");
            if (_scenario.ScaleOf(i) is { } scale)
            {
                WriteScale(scale);
                continue;
            }

            var kind = IssueReader.Kinds.First(known => known.Value == issue.Kind).Key;
            var isAmount = issue.IsPrice || issue.Kind == IssueKind.Money;
            Line(2, $"kind: {kind}" + (isAmount ? "  # minor units" : string.Empty));
            if (issue.Kind == IssueKind.Choice)
            {
                Flow(2, "values: ", '[', ']', issue.Choices.Select(YamlText.Of));
            }
            else if (issue.Kind != IssueKind.Boolean)
            {
                Line(2, $"minimum: {IssueText.Of(issue, null, issue.Minimum)}");
                Line(2, $"maximum: {IssueText.Of(issue, null, issue.Maximum)}");
                LineUnless(issue.Step == 1, $"step: {NumberText.Of(issue.Step)}");
            }
        }
    }

    private void WriteOrder()
    {
        if (_scenario.Posted is { } posted)
        {
            Line(0, $"posted: {NumberText.Of(posted)}  # minor units");
        }

        if (_scenario.Request.Count > 0)
        {
            Line(0, "request:");
            foreach (var (issue, value) in _scenario.Request)
            {
                var name = YamlText.Of(_scenario.Agenda.Issues[issue].Name);
                Line(1, $"{name}: {YamlText.Of(_scenario.TextOf(issue, value))}");
            }
        }
    }

    private void WriteScale(IssueScale scale)
    {
        Line(2, $"kind: {IssueReader.Continuous}");
        Line(2, $"minimum: {IssueScale.Text(scale.Minimum)}");
        Line(2, $"maximum: {IssueScale.Text(scale.Maximum)}");
        Line(2, scale.IsAssumed ? "# No step: 21 equidistant levels." : $"step: {IssueScale.Text(scale.Step)}");
    }

    private void WriteProfiles()
    {
        Line(0, "profiles:");
        foreach (var profile in _scenario.Profiles)
        {
            var utility = profile.Utility;
            Line(1, $"- name: {YamlText.Of(profile.Name)}");
            Line(2, $"reservation: {NumberText.Of(utility.ReservationValue)}");
            LineUnless(utility.Bias == 0, $"bias: {NumberText.Of(utility.Bias)}");
            LineUnless(profile.Discount == 1, $"discount: {NumberText.Of(profile.Discount)}");
            Line(2, "values:");
            for (var i = 0; i < utility.Weights.Count; i++)
            {
                Line(3, $"{YamlText.Of(utility.Agenda.Issues[i].Name)}:");
                Line(4, $"weight: {NumberText.Of(utility.Weights[i])}");
                WriteFunction(i, utility.ValueFunctions[i]);
            }
        }
    }

    private void WriteFunction(int place, ValueFunction function)
    {
        if (function is LinearValueFunction line)
        {
            var intercept = line.Intercept == 0 ? string.Empty : $", intercept: {NumberText.Of(line.Intercept)}";
            Line(4, $"linear: {{slope: {NumberText.Of(line.Slope)}{intercept}}}");
            return;
        }

        var table = ((TableValueFunction)function).Values;
        var issue = new IssueDraft(_scenario.Agenda.Issues[place], _scenario.ScaleOf(place), new Place(_scenario.Name));
        var points = issue.Issue.Kind == IssueKind.Choice ? null : PointFinder.Find(issue, table);
        var levels = points ?? Enumerable.Range(0, table.Count).Select(level => (long)level);
        Flow(4, points is null ? "table: " : "points: ", '{', '}', levels.Select(
            level => $"{YamlText.Of(issue.TextAt(level))}: {NumberText.Of(table[(int)level])}"));
    }

    // Several lines where one would be too wide; a table of a million values stays readable.
    private void Flow(int depth, string head, char open, char close, IEnumerable<string> parts)
    {
        var line = new StringBuilder(head).Append(open);
        var isFirst = true;
        foreach (var part in parts)
        {
            if (!isFirst)
            {
                line.Append(',');
            }

            if (line.Length + part.Length + (2 * depth) > Columns)
            {
                Line(depth, line.ToString());
                line.Clear().Append(' ');
            }

            line.Append(isFirst || line.Length == 1 ? string.Empty : " ").Append(part);
            isFirst = false;
        }

        Line(depth, line.Append(close).ToString());
    }

    private void LineUnless(bool isDefault, string text)
    {
        if (!isDefault)
        {
            Line(2, text);
        }
    }

    private void Line(int depth, string text) => _text.Append(' ', 2 * depth).Append(text).Append('\n');
}
