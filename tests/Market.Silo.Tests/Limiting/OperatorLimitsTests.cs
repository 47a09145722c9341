using Market.Silo.Commands;

namespace Market.Silo.Tests.Limiting;

public sealed class OperatorLimitsTests
{
    public static TheoryData<string> Names => [.. OperatorLimits.All.Select(static limit => limit.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_limit_is_set_from_its_least_to_its_most_and_no_further(string name)
    {
        var limit = OperatorLimits.All.Single(limit => limit.Name == name);
        foreach (var value in (int[])[limit.Minimum, limit.Maximum])
        {
            var (limits, error) = OperatorLimits.Parse([$"{name}={value}"]);
            Assert.Null(error);
            Assert.Equal(limit.With(new OperatorLimits(), value), limits);
            Assert.Equal(value, limit.Of(limits!));
            Assert.Null(limits!.Fault());
        }

        foreach (var value in (long[])[limit.Minimum - 1L, limit.Maximum + 1L])
        {
            var (limits, error) = OperatorLimits.Parse([$"{name}={value}"]);
            Assert.Null(limits);
            Assert.Contains($"from {limit.Minimum} to {limit.Maximum}", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_limit_has_a_name_and_its_default_is_allowed()
    {
        Assert.Null(new OperatorLimits().Fault());
        Assert.Equal(
            typeof(OperatorLimits).GetProperties().Count(static property => property.CanWrite),
            OperatorLimits.All.Select(static limit => limit.Name).Distinct().Count());
        using var help = new StringWriter();
        LimitHelp.Write(help);
        Assert.All(OperatorLimits.All, limit =>
            Assert.Contains($"  {limit.Name}=", help.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("round=5", "'round' is no limit; there are connections, ")]
    [InlineData("rounds", "'rounds' is no limit; write rounds=N with N from 1 to 1000.")]
    [InlineData("rounds=many", "write rounds=N")]
    [InlineData("rounds=+5", "write rounds=N")]
    [InlineData("", "'' is no limit; there are connections, ")]
    public void A_wrong_word_is_said_with_what_would_be_right(string word, string finding)
    {
        var (limits, error) = OperatorLimits.Parse([word]);
        Assert.Null(limits);
        Assert.Contains(finding, error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_is_given_once() =>
        Assert.Equal("rounds is given twice; give it once.", OperatorLimits.Parse(["rounds=5", "rounds=5"]).Error);

    [Fact]
    public async Task A_market_with_an_impossible_limit_does_not_start()
    {
        var options = new MarketSiloOptions
        {
            Endpoints = MarketSiloOptions.AnyLoopbackPort,
            Limits = new OperatorLimits { Rounds = 0 },
        };
        var error = await Assert.ThrowsAsync<MarketStartException>(() => MarketHost.StartAsync(options));
        Assert.Equal("The limit rounds is 0; it must be from 1 to 1000.", error.Message);
    }
}
