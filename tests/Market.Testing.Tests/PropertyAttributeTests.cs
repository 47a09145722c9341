using FsCheck.Fluent;

namespace Market.Testing.Tests;

public sealed class PropertyAttributeTests
{
    private int _cases;

    [Property(MaxTest = 7)]
    public void A_property_runs_on_the_class_that_declares_it(int number, string text) =>
        Assert.InRange(++_cases, 1, 7);

    [Property]
    public async Task<bool> A_property_may_be_a_task(byte number)
    {
        await Task.Yield();
        return SynchronizationContext.Current is null && number + 1 > number;
    }

    [Property]
    public async ValueTask A_property_may_be_a_value_task(byte number)
    {
        await Task.Yield();
        Assert.True(SynchronizationContext.Current is null && number + 1 > number);
    }

    [Property]
    public async ValueTask<bool> A_property_may_be_a_value_task_with_a_verdict(byte number)
    {
        await Task.Yield();
        return number + 1 > number;
    }

    [Property(Arbitraries = typeof(EvenNumbers))]
    public bool Arbitraries_of_its_own_replace_those_that_are_derived(int number) => number % 2 == 0;

    [Theory]
    [InlineData(nameof(Falsified.Throws))]
    [InlineData(nameof(Falsified.IsFalse))]
    [InlineData(nameof(Falsified.ThrowsLater))]
    [InlineData(nameof(Falsified.ThrowsInAValueTask))]
    [InlineData(nameof(Falsified.IsFalseInAValueTask))]
    [InlineData(nameof(Falsified.IsAFalseProperty))]
    public void A_counterexample_is_shrunk_and_named_with_its_replay(string method)
    {
        var failure = FailureOf(method);

        Assert.Contains("Counterexample: number = 20, items = []", failure.Message, StringComparison.Ordinal);
        Assert.Matches(@"Replay = ""\d+,\d+,\d+""", failure.Message);
    }

    [Fact]
    public void A_replay_starts_with_the_case_that_failed() =>
        Assert.Contains("after 1 cases", FailureOf(nameof(Falsified.IsReplayed)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_property_whose_precondition_is_never_met_fails() =>
        Assert.Contains("precondition", FailureOf(nameof(Falsified.IsNeverTried)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_property_that_throws_away_more_than_a_fifth_of_its_cases_fails()
    {
        var message = FailureOf(nameof(Falsified.ThrowsAwayATwentyFifthMoreThanItMay)).Message;

        Assert.Contains("more than 20 % were thrown away", message, StringComparison.Ordinal);
        Assert.Equal("", Check(nameof(Falsified.ThrowsAwayAFifth)));
    }

    [Fact]
    public void A_classification_is_in_the_output() =>
        Assert.Contains("% small", Check(nameof(Falsified.IsClassified)), StringComparison.Ordinal);

    private static string Check(string method) =>
        PropertyRun.Check(typeof(Falsified).GetMethod(method)!, new Falsified());

    private static PropertyFailedException FailureOf(string method) => Assert.Throws<PropertyFailedException>(
        () => Check(method));

    private static class EvenNumbers
    {
        public static FsCheck.Arbitrary<int> Even() =>
            ArbMap.Default.GeneratorFor<int>().Select(n => n / 2 * 2).ToArbitrary();
    }

#pragma warning disable xUnit1000 // The class is hidden from the runner: its properties fail on purpose.
    private sealed class Falsified
    {
        private int _tries;

        [Property(MaxTest = 1_000)]
        public void Throws(int number, List<int> items) => Assert.True(number < 20, $"{items.Count} items");

        [Property(MaxTest = 1_000)]
        public bool IsFalse(int number, List<int> items) => number < 20 || items is null;

        [Property(MaxTest = 1_000)]
        public async Task ThrowsLater(int number, List<int> items)
        {
            await Task.CompletedTask;
            Throws(number, items);
        }

        [Property(MaxTest = 1_000)]
        public FsCheck.Property IsAFalseProperty(int number, List<int> items) =>
            IsFalse(number, items).ToProperty();

        [Property(MaxTest = 1_000)]
        public async ValueTask ThrowsInAValueTask(int number, List<int> items)
        {
            await Task.Yield();
            Throws(number, items);
        }

        [Property(MaxTest = 1_000)]
        public async ValueTask<bool> IsFalseInAValueTask(int number, List<int> items)
        {
            await Task.Yield();
            return IsFalse(number, items);
        }

        [Property(MaxTest = 100)]
        public FsCheck.Property ThrowsAwayAFifth(int number) => Prop.When(
            number <= int.MaxValue && ++_tries % 5 != 0, () => true);

        [Property(MaxTest = 100)]
        public FsCheck.Property ThrowsAwayATwentyFifthMoreThanItMay(int number) =>
            Prop.When(number <= int.MaxValue && ++_tries % 25 is not (0 or 5 or 10 or 15 or 20 or 24), () => true);

        [Property(MaxTest = 100)]
        public FsCheck.Property IsClassified(int number) =>
            Prop.ToProperty(true).Classify(number < 1_000_000, "small");

        [Property(Replay = "11842098211480513003,9955408846213411889,50")]
        public bool IsReplayed(int number) => number == 2;

        [Property(MaxTest = 10)]
        public FsCheck.Property IsNeverTried(int number) => Prop.When(number != number / 1, () => true);
    }
}
