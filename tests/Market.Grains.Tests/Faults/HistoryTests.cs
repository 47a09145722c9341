using Market.Domain.Settling;
using Market.Testing;
using Market.Testing.Faults;
using Market.Testing.Hosting;
using Xunit.Abstractions;

namespace Market.Grains.Tests.Faults;

/// <summary>
/// What clients of a market saw, under random storage faults and with several markets over one journal, against what
/// the journal says (INV-7, INV-8, INV-11, INV-16, INV-17, INV-21).
/// </summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    private const int Steps = 60;

    // The short form; for the long one set MARKET_TEST_SEEDS to some thousands.
    private static readonly int Seeds =
        int.TryParse(Environment.GetEnvironmentVariable("MARKET_TEST_SEEDS"), out var seeds) ? seeds : 20;

    private static readonly StorageFault[] Faults =
    [
        StorageFault.FailBefore, StorageFault.UnknownBefore, StorageFault.UnknownAfter, StorageFault.Conflict,
        StorageFault.Stall, StorageFault.RepeatAnnouncement,
    ];

    private readonly Sometimes _sometimes = new(
        "a lost acknowledgement", "a conflicting append", "a full inbox", "an expired hold racing a post",
        "a mandate revoked in mid-deal", "an activation that lost an append");

    [Theory]
    [InlineData("one market whose storage fails", 1)]
    [InlineData("two markets over one journal", 2)]
    [InlineData("four markets over one journal", 4)]
    public async Task What_clients_saw_is_what_the_journal_says(string world, int markets)
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            await using var run = new MarketUnderFaults(seed, markets);
            await run.RunAsync(Steps, Faults);
            var market = await run.HealAsync();

            var violations = await run.History.FindViolationsAsync(market);
            Assert.True(violations.Count == 0, $"{world}, seed {seed}: {string.Join("\n", violations)}");
            await AssertSoundAsync(market, $"{world}, seed {seed}");
            Count(run, await market.ReplayLedgerAsync());
        }

        foreach (var (situation, count) in _sometimes.Counts)
        {
            output.WriteLine($"{situation}: {count}");
        }

        _sometimes.RequireAll();
    }

    [Fact]
    public async Task Without_faults_two_markets_over_one_journal_conflict_and_nobody_is_told_a_lie()
    {
        var conflicts = 0L;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            await using var run = new MarketUnderFaults(seed, 2);
            await run.RunAsync(Steps, []);
            var market = await run.HealAsync();

            Assert.Equal([], await run.History.FindViolationsAsync(market));
            await AssertSoundAsync(market, $"seed {seed}");
            conflicts += run.Poisoned;
        }

        Assert.True(conflicts > Seeds, $"Only {conflicts} activations lost an append.");
    }

    private static async Task AssertSoundAsync(InProcessMarket market, string where)
    {
        var replay = await market.ReplayLedgerAsync();
        LedgerInvariants.Check(replay.State, replay.Entries);
        Assert.True(replay.State.OpenHoldCount == 0, $"{where}: {replay.State.OpenHoldCount} holds stay open.");
        Assert.True(await market.LedgerEqualsItsReplayAsync(), where);
    }

    private void Count(MarketUnderFaults run, LedgerReplay replay)
    {
        var answers = run.History.Answers;
        var refusals = answers.Select(answer => answer.Answer).OfType<LedgerRefused>().ToList();
        var unknown = answers.Where(answer => answer.Outcome == ClientOutcome.Unknown).ToList();
        _sometimes.Reached(
            "a lost acknowledgement",
            unknown.Exists(lost => replay.Entries.Any(e => LedgerEffects.Does(e, (LedgerCommand)lost.Command))));
        _sometimes.Reached(
            "a conflicting append",
            unknown.Exists(lost => ((Exception)lost.Answer!).Message.StartsWith("Another", StringComparison.Ordinal)));
        _sometimes.Reached("a full inbox", answers.Any(answer => answer.Outcome == ClientOutcome.NotTaken));
        _sometimes.Reached(
            "an expired hold racing a post",
            answers.Any(answer => answer.Command is PostHold
                && answer.Answer is LedgerRefused { Reason: LedgerRefusal.HoldExpired }));
        _sometimes.Reached(
            "a mandate revoked in mid-deal",
            refusals.Exists(refused => refused.Reason == LedgerRefusal.MandateRevoked));
        _sometimes.Reached("an activation that lost an append", run.Poisoned > 0);
    }
}
