namespace Market.Testing.Tests;

public sealed class SometimesTests
{
    [Fact]
    public void A_situation_that_was_never_reached_is_named()
    {
        var sometimes = new Sometimes("a full inbox", "a lost answer", "a revoked mandate");
        sometimes.Reached("a lost answer");
        sometimes.Reached("a full inbox", isReached: false);

        var missing = Assert.Throws<NeverReachedException>(sometimes.RequireAll);

        Assert.Equal(["a full inbox", "a revoked mandate"], missing.Situations);
        Assert.Equal(1, sometimes.Counts["a lost answer"]);
    }

    [Fact]
    public void A_run_that_reached_everything_is_content()
    {
        var sometimes = new Sometimes("a full inbox");
        Parallel.For(0, 100, _ => sometimes.Reached("a full inbox"));
        sometimes.RequireAll();
        Assert.Equal(100, sometimes.Counts["a full inbox"]);
    }

    [Fact]
    public void A_name_that_is_not_registered_is_a_mistake() =>
        Assert.Throws<ArgumentException>(() => new Sometimes("a full inbox").Reached("a ful inbox"));
}
