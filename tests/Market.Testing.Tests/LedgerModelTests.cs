using Market.Domain.Settling;

namespace Market.Testing.Tests;

public sealed class LedgerModelTests
{
    public static TheoryData<string> Defects => [.. BrokenRules.All.Keys];

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_defect_is_found_and_shown_as_a_short_script_that_fails_again(string defect)
    {
        var options = new LedgerModelOptions { Decide = BrokenRules.All[defect] };
        var failure = Enumerable.Range(0, 100)
            .Select(seed => LedgerModel.FailureOf(LedgerScript.Random(seed, length: 150), options))
            .FirstOrDefault(failure => failure is not null);
        Assert.NotNull(failure);

        var shrunk = LedgerModel.Shrink(failure.Script, options);

        Assert.InRange(shrunk.Steps.Count, 1, 20);
        Assert.NotNull(LedgerModel.FailureOf(shrunk, options));
        Assert.Null(LedgerModel.FailureOf(shrunk));
    }

    [Fact]
    public void A_failure_says_the_step_the_verdicts_the_script_and_what_it_was_made_of()
    {
        var options = new LedgerModelOptions { Decide = BrokenRules.All["pays out less than was asked for"] };

        var failure = Assert.Throws<LedgerModelException>(() => LedgerModel.Run(
            [
                new Deposit(TestIds.Command(1), TestIds.Principal(1), TestIds.Usd(100)),
                TimeSpan.FromMinutes(5),
                new Withdraw(TestIds.Command(2), TestIds.Principal(1), TestIds.Usd(101)),
                new VoidHold(TestIds.Command(3)),
            ],
            options));

        Assert.Equal(
            """
            Step 3 of 4: Withdraw: the ledger says done, the model says refused AvailableExceeded asked 101 allowed 100.

            LedgerModel.Run(
            [
                new Deposit(TestIds.Command(1), TestIds.Principal(1), TestIds.Usd(100)),
                TimeSpan.FromMinutes(5),
                new Withdraw(TestIds.Command(2), TestIds.Principal(1), TestIds.Usd(101)),
            ]);

            Deposit               1: 1 done
            discarded 0 %
            """,
            failure.Message);
    }

    [Fact]
    public void A_run_says_what_it_was_made_of()
    {
        var tally = LedgerModel.Run(
        [
            new Deposit(TestIds.Command(1), TestIds.Principal(1), TestIds.Usd(100)),
            new Deposit(TestIds.Command(1), TestIds.Principal(1), TestIds.Usd(100)),
            new Deposit(TestIds.Command(1), TestIds.Principal(1), TestIds.Usd(101)),
        ]).Tally;

        Assert.Equal(
            (1, 1, 1, 3),
            (tally["Deposit", "done"], tally["Deposit", "done before"],
                tally["Deposit", "CommandIdUsedWithDifferentPayload"], tally.Told));
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public void More_than_a_fifth_of_the_commands_left_out_is_a_failure(int left, bool fails)
    {
        var options = new LedgerModelOptions { Precondition = static (_, command) => command is not VoidHold };
        var steps = Enumerable.Range(0, 100).Select(i => LedgerStep.FromLedgerCommand(i < left
            ? new VoidHold(TestIds.Command(i))
            : new Deposit(TestIds.Command(i), TestIds.Principal(1), TestIds.Usd(1))));

        var failure = LedgerModel.FailureOf(LedgerScript.Create([.. steps]), options);

        Assert.Equal(fails, failure is not null);
    }

    [Fact]
    public void A_check_of_ones_own_fails_with_the_script()
    {
        var options = new LedgerModelOptions
        {
            Also = static (book, _, _) => Assert.True(book.Journal.Count < 2, "two entries"),
        };

        var failure = LedgerModel.FailureOf(LedgerScript.Random(seed: 1, length: 50), options);

        Assert.Contains("two entries", failure!.What, StringComparison.Ordinal);
        Assert.Equal(2, LedgerModel.Shrink(failure.Script, options).Steps.Count);
    }
}
