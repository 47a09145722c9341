using Market.Simulations.Running;
using Market.Simulations.Running.Users;

namespace Market.Simulations.Tests.Running;

/// <summary>Strategies of users: found, kept apart, and stopped where they hang, throw or break the protocol.</summary>
public sealed class UserStrategiesTests : IDisposable
{
    private readonly Tournaments _runs = new();
    private readonly BuildFolders _folders = new();

    [Theory]
    [InlineData("Agent.dll", true)]
    [InlineData("Agent.cs", true)]
    [InlineData("my.csproj", true)]
    [InlineData("./agents", true)]
    [InlineData("Agent.dll#Mine", true)]
    [InlineData("negmas:Linear", false)]
    [InlineData("Poly2.5", false)]
    [InlineData("Linear+AC-combi(0.99)+model:frequency", false)]
    public void A_path_is_told_from_a_name(string entry, bool isPath) =>
        Assert.Equal(isPath, UserStrategies.IsPath(entry));

    [Fact]
    public void The_strategies_of_an_assembly_are_found_by_what_they_implement()
    {
        var found = UserStrategies.Load(Tournaments.UserAssembly, _folders, CancellationToken.None);

        Assert.Equal(
            ["user:Announcing", "user:Attentive", "user:Bursting", "user:Chattering", "user:Dawdling", "user:Dicing",
                "user:Eager", "user:Endless", "user:Hasty", "user:Hoarding", "user:HoardingElsewhere", "user:Leaving",
                "user:Littering", "user:Overflowing", "user:Pondering", "user:Spinning", "user:Stillborn",
                "user:Throwing"],
            found.Select(recipe => recipe.Name));
        Assert.Equal(["user:Dicing"], found.Where(recipe => recipe.UsesChance).Select(recipe => recipe.Name));
        Assert.All(found, recipe => Assert.True(recipe.IsForeign));
    }

    [Fact]
    public void A_users_strategy_plays_and_repeats_like_any_other()
    {
        var settings = Meeting("Boulware", "Eager", "Dicing") with { Repetitions = 3 };
        _runs.Run(settings, "once", 1);
        _runs.Run(settings, "again", 8);

        Assert.Equal(_runs.Bytes("once"), _runs.Bytes("again"));
        var rows = _runs.Read("once").Rows;
        Assert.All(rows, row => Assert.Equal("", row.Failure));
        Assert.Contains(rows, row => row.IsAgreement && row.Parties[1].Strategy == "user:Eager");
        Assert.Equal(3, rows.Select(row => row.Repetition).Distinct().Count());
    }

    [Theory]
    [InlineData("Throwing", "user:Throwing (party 2): InvalidOperationException: It is broken, \"utterly\".", 2)]
    [InlineData("Stillborn", "user:Stillborn (party 2): NotSupportedException: Not for 100 outcomes.", 1)]
    public void A_strategy_that_throws_is_scored_as_without_agreement(string name, string failure, int rounds)
    {
        var report = _runs.Run(
            Meeting("Tough", name) with { SelfPlay = false, Mode = PairingMode.RoundRobin }, "run");

        Assert.True(report.IsComplete);
        var row = Assert.Single(_runs.Read("run").Rows);
        Assert.Equal(("failed", failure, rounds), (row.End, row.Failure, row.Rounds));
        Assert.Equal([0.2, 0.25], row.Parties.Select(party => party.Utility));
        Assert.Equal(failure, Assert.Single(report.Totals.Failures).Key);
    }

    [Fact]
    public void A_strategy_that_breaks_the_protocol_is_named()
    {
        _runs.Run(Meeting("Hasty", "Tough") with { SelfPlay = false, Mode = PairingMode.RoundRobin }, "run");
        var failure = Assert.Single(_runs.Read("run").Rows).Failure;
        Assert.StartsWith("user:Hasty (party 1): ", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_slow_act_ends_its_negotiation_and_no_other(bool inProcess)
    {
        var settings = Meeting("Dawdling", "Conceder") with
        {
            SelfPlay = false,
            TimeLimitSeconds = 0.5,
            InProcess = inProcess,
        };
        var report = _runs.Run(settings, "run", 2);

        Assert.True(report.IsComplete);
        var rows = _runs.Read("run").Rows;
        var failed = rows.Where(row => row.End == "failed").ToList();
        Assert.Equal(2, failed.Count);
        Assert.All(failed, row => Assert.EndsWith(
            ": took longer than 0.5 s for one act", row.Failure, StringComparison.Ordinal));
        Assert.All(failed, row => Assert.Equal(3, row.Rounds));
        Assert.Null(ReplayCheck.Run(_runs.PathOf("run"), CancellationToken.None).Difference);
    }

    [Fact]
    public void In_this_process_one_that_thinks_for_ever_plays_no_more_and_the_others_go_on()
    {
        var settings = Meeting("Endless", "Boulware", "Conceder") with
        {
            SelfPlay = false,
            TimeLimitSeconds = 0.5,
            InProcess = true,
        };
        var report = _runs.Run(settings, "run", 1);

        Assert.True(report.IsComplete);
        var rows = _runs.Read("run").Rows;
        Assert.Equal(2, rows.Count(row => row.IsAgreement));
        var failures = rows.Select(row => row.Failure).Where(failure => failure.Length > 0).ToList();
        Assert.Equal(4, failures.Count);
        Assert.Single(failures, failure => failure.Contains("took longer", StringComparison.Ordinal));
        Assert.Equal(3, failures.Count(failure => failure.Contains("plays no more", StringComparison.Ordinal)));
        Assert.Null(ReplayCheck.Run(_runs.PathOf("run"), CancellationToken.None).Difference);
    }

    [Theory]
    [InlineData("nowhere/Agent.dll", "There is no file nowhere/Agent.dll")]
    [InlineData("FsCheck.dll", "has no strategy")]
    public void What_is_no_strategy_is_refused_with_what_would_be_one(string entry, string message)
    {
        var path = entry.Contains('/', StringComparison.Ordinal)
            ? entry
            : Path.Combine(AppContext.BaseDirectory, entry);
        var refused = Assert.Throws<RunRefusedException>(
            () => UserStrategies.Load(path, _folders, CancellationToken.None));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _runs.Dispose();
        _folders.Dispose();
    }

    private static TournamentSettings Meeting(params string[] names) => new()
    {
        Strategies = [.. names.Select(name => name is "Boulware" or "Tough" or "Conceder"
            ? name
            : $"{Tournaments.UserAssembly}#{name}")],
        Scenarios = ["price-100"],
        Rounds = 10,
    };
}
