using Market.Simulations.LanguageModels;
using Market.Simulations.LanguageModels.Loopback;
using Market.Simulations.Results;
using Market.Simulations.Running;
using Market.Simulations.Running.Progress;

namespace Market.Simulations.Tests.LanguageModels;

/// <summary>Models in tournaments.</summary>
public sealed class ModelRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("market-models-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_tournament_lets_a_model_negotiate_and_accounts_for_each_negotiation()
    {
        await using var server = await LoopbackModelServer.StartAsync(
            behaviours: [LoopbackBehaviour.WrongTool, LoopbackBehaviour.Refusal]);
        using var models = new ModelStrategies(SettingsFor(server), default);
        var report = await Task.Run(() => RunSession
            .New(RunSetup.Of(Tournament("llm:any/model", "Boulware"), new StrategyResolver(default, models)), Results)
            .Run(2, ProgressKind.None, TextWriter.Null, default));
        Assert.True(report.IsComplete);
        var rows = ResultFolder.ReadRows(Results).ToList();
        Assert.Equal(4, rows.Count);
        Assert.All(rows, row => Assert.Empty(row.Failure));
        Assert.Equal(4, models.Seats.Count); // it meets itself once, and sits on both sides of the other
        Assert.Equal(server.Answered.Count, models.Seats.Sum(seat => seat.Account.Calls));
        Assert.Equal(2, models.Seats.Sum(seat => seat.Account.ProblemsInAll));

        ModelReport.WriteFile(models, Results);
        var lines = await File.ReadAllLinesAsync(Path.Combine(Results, ModelReport.FileName));
        Assert.Equal(5, lines.Length);
        Assert.DoesNotContain("secret", string.Concat(lines), StringComparison.Ordinal);

        // What goes on keeps what is there, even where its last line was cut; a new run does not.
        await File.WriteAllTextAsync(Path.Combine(Results, ModelReport.FileName), string.Join('\n', lines));
        ModelReport.WriteFile(models, Results, isResumed: true);
        var both = await File.ReadAllLinesAsync(Path.Combine(Results, ModelReport.FileName));
        Assert.Equal([.. lines, .. lines], both);
        ModelReport.WriteFile(models, Results);
        Assert.Equal(lines, await File.ReadAllLinesAsync(Path.Combine(Results, ModelReport.FileName)));
        using var words = new StringWriter();
        ModelReport.Write(models, words, isJson: false);
        Assert.Contains("llm:any/model: 4 negotiations", words.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_negotiation_that_a_stop_cuts_short_counts_for_nothing()
    {
        await using var server = await LoopbackModelServer.StartAsync(behaviours: [LoopbackBehaviour.SlowStream]);
        using var stop = new CancellationTokenSource();
        using var models = new ModelStrategies(SettingsFor(server), stop.Token);
        var running = Task.Run(() => RunSession
            .New(RunSetup.Of(Tournament("llm:any", "Tough"), new StrategyResolver(stop.Token, models)), Results)
            .Run(1, ProgressKind.None, TextWriter.Null, stop.Token));
        await server.Stalled;
        await stop.CancelAsync();
        Assert.False((await running).IsComplete);
        Assert.Empty(ResultFolder.ReadRows(Results));
    }

    [Theory]
    [InlineData("llm", null, "names no model")]
    [InlineData("llm:", "other", "names no model")]
    [InlineData("llm:some", null, "--llm-endpoint")]
    public void A_model_without_name_or_address_is_refused_with_what_would_be_right(
        string name, string? standard, string says)
    {
        var settings = new LanguageModelSettings(null, standard, "k", ChatNegotiatorOptions.Default, null, false);
        using var models = new ModelStrategies(settings, default);
        var refused = Assert.Throws<RunRefusedException>(
            () => new StrategyResolver(default, models).ResolveEach([name]));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_shows_the_prompt_and_needs_no_address()
    {
        var settings = new LanguageModelSettings(null, null, "k", ChatNegotiatorOptions.Default, null, true);
        var prompt = settings.DryRun(Bargain.Buyer, Bargain.View());
        Assert.StartsWith("[system]\nYou negotiate", prompt, StringComparison.Ordinal);
        Assert.Contains("[user]\n{\"you\":\"buyer\",\"round\":4", prompt, StringComparison.Ordinal);
    }

    private string Results => Path.Combine(_folder, "results");

    private static LanguageModelSettings SettingsFor(LoopbackModelServer server) =>
        new(server.Endpoint, null, "secret", ChatNegotiatorOptions.Default, "Linear", false);

    private static TournamentSettings Tournament(params string[] strategies) => new()
    {
        Strategies = strategies,
        Scenarios = ["laptop"],
        Rounds = 6,
        Seed = 1,
    };
}
