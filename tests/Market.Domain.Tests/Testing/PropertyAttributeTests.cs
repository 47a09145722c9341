using FsCheck.Fluent;

namespace Market.Domain.Tests.Testing;

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

    [Property(Arbitraries = typeof(EvenNumbers))]
    public bool Arbitraries_of_its_own_replace_those_that_are_derived(int number) => number % 2 == 0;

    [Theory]
    [InlineData(nameof(Falsified.Throws))]
    [InlineData(nameof(Falsified.IsFalse))]
    [InlineData(nameof(Falsified.ThrowsLater))]
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

    private static PropertyFailedException FailureOf(string method) => Assert.Throws<PropertyFailedException>(
        () => PropertyRun.Check(typeof(Falsified).GetMethod(method)!, new Falsified()));

    private static class EvenNumbers
    {
        public static FsCheck.Arbitrary<int> Even() =>
            ArbMap.Default.GeneratorFor<int>().Select(n => n / 2 * 2).ToArbitrary();
    }

#pragma warning disable xUnit1000 // The class is hidden from the runner: its properties fail on purpose.
    private sealed class Falsified
    {
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

        [Property(Replay = "11842098211480513003,9955408846213411889,50")]
        public bool IsReplayed(int number) => number == 2;

        [Property(MaxTest = 10)]
        public FsCheck.Property IsNeverTried(int number) => Prop.When(number != number / 1, () => true);
    }
}
