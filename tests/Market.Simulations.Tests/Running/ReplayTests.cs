using Market.Simulations.Results;
using Market.Simulations.Running;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Tests.Running;

/// <summary>A folder can be verified from its log and by playing again, and a change in it is found.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly Tournaments _runs = new();

    public ReplayTests() => _runs.Run(Tournaments.Settings, "run");

    [Fact]
    public void An_untouched_folder_verifies_and_all_of_it_is_played_again()
    {
        var verdict = Check();

        Assert.Null(verdict.Difference);
        Assert.Null(verdict.WhyNot);
        Assert.True(verdict.IsComplete);
        Assert.Equal(verdict.Checked, verdict.PlayedAgain);
        Assert.Equal(_runs.Read("run").Rows.Count, verdict.Checked);
    }

    [Fact]
    public void A_changed_act_is_found()
    {
        var target = _runs.Read("run").Acts().First(acts => acts.Number == 17);
        var text = string.Join(',', target.Acts);
        var changed = string.Join(',', target.Acts.Select((act, place) => place == 1 ? act ^ 1 : act));
        Change(ResultFiles.EventsName, $"{{\"number\":17,\"digest\":\"{target.Digest}\",\"acts\":[{text}]}}",
            $"{{\"number\":17,\"digest\":\"{target.Digest}\",\"acts\":[{changed}]}}");

        Assert.StartsWith("Negotiation 17 (", Check().Difference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_utility_is_found_by_playing_again()
    {
        var row = _runs.Read("run").Rows.First(row => row.IsAgreement);
        var lines = File.ReadAllLines(PathOf(ResultFiles.CsvName));
        var utility = FormattableString.Invariant($",{row.Parties[0].Utility},");
        Assert.Contains(utility, lines[row.Number + 1], StringComparison.Ordinal);
        lines[row.Number + 1] = lines[row.Number + 1].Replace(utility, ",0.99999,", StringComparison.Ordinal);
        File.WriteAllText(PathOf(ResultFiles.CsvName), string.Join('\n', lines) + "\n");

        var difference = Check().Difference;
        Assert.StartsWith($"Negotiation {row.Number} (", difference, StringComparison.Ordinal);
        Assert.Contains("its row says otherwise", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_end_is_found()
    {
        var lines = File.ReadAllLines(PathOf(ResultFiles.CsvName));
        File.WriteAllText(PathOf(ResultFiles.CsvName), string.Join('\n', lines[..^1]) + "\n");

        Assert.Contains($"has {lines.Length - 2} negotiations", Check().Difference, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_alone_tells_every_step_of_a_negotiation()
    {
        var row = _runs.Read("run").Rows.First(row => row.IsAgreement && row.Scenario == "laptop" && row.Rotation == 1);
        var acts = _runs.Read("run").Acts().First(acts => acts.Number == row.Number).Acts;
        var bench = StageBench.For(ScenarioSource.LoadOne("laptop"));
        var steps = NegotiationStep.Of(bench, row.Rotation, acts.AsSpan());

        Assert.Equal(row.Offers, steps.Count(step => step.IsOffer));
        Assert.Equal("accept", steps[^1].Word);
        Assert.Equal(row.Rounds - 1, steps[^1].Round);
        Assert.Equal(row.Parties.Select(party => party.Utility), steps[^1].Utilities);
        Assert.Equal(row.Agreement, bench.Scenario.TextOf(bench.Ranked[0].Space[steps[^1].Outcome]));
    }

    public void Dispose() => _runs.Dispose();

    private string PathOf(string file) => Path.Combine(_runs.PathOf("run"), file);

    private void Change(string file, string what, string by)
    {
        var text = File.ReadAllText(PathOf(file));
        Assert.Contains(what, text, StringComparison.Ordinal);
        File.WriteAllText(PathOf(file), text.Replace(what, by, StringComparison.Ordinal));
    }

    private ReplayVerdict Check() => ReplayCheck.Run(_runs.PathOf("run"), CancellationToken.None);
}
