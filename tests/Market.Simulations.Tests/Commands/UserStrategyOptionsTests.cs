using Market.Simulations.Tests.Running;
using Market.Simulations.Tests.Support;

namespace Market.Simulations.Tests.Commands;

/// <summary>What users' strategies may take, as somebody types it.</summary>
public sealed class UserStrategyOptionsTests
{
    [Theory]
    [InlineData("--memory-limit", "63", "--memory-limit is a whole number from 64 to 65536 megabytes.")]
    [InlineData("--memory-limit", "65537", "--memory-limit is a whole number from 64 to 65536 megabytes.")]
    [InlineData("--time-limit", "0", "--time-limit is from 0.001 to 3600 seconds.")]
    public async Task A_limit_out_of_its_range_is_refused_with_what_would_be_right(
        string option, string value, string message)
    {
        var (code, output, error) = await BuiltProgram.RunAsync(
            "run", "laptop", "Boulware", "Tough", option, value);
        Assert.Equal((2, string.Empty, message), (code, output, error.TrimEnd()));
    }

    [Theory]
    [InlineData("Spinning", "took longer than 0.3 s for one act", "--time-limit", "0.3")]
    [InlineData("Overflowing", "ended its process: Stack overflow.", "--time-limit", "120")]
    [InlineData("Throwing", "InvalidOperationException: It is broken", "--in-process", "--json")]
    public async Task The_program_stops_a_users_strategy_and_says_why(
        string name, string failure, params string[] options)
    {
        var (code, output, error) = await BuiltProgram.RunAsync(
            ["run", "price-100", "Tough", $"{Tournaments.UserAssembly}#{name}", .. options]);
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains($"user:{name} (party 2): {failure}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verb_of_a_strategys_process_is_not_shown_to_people()
    {
        var (code, output, _) = await BuiltProgram.RunAsync("--help");
        Assert.Equal(0, code);
        Assert.Contains("tournament", output, StringComparison.Ordinal);
        Assert.DoesNotContain("strategy-host", output, StringComparison.Ordinal);

        var (typed, _, error) = await BuiltProgram.RunAsync("strategy-host", "nowhere");
        Assert.Equal((2, 1), (typed, error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length));
    }
}
