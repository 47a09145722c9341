using Market.Domain.Strategies;

namespace Market.Domain.Tests.Strategies;

/// <summary>Streams of chance are the same everywhere; the expected numbers come from another implementation.</summary>
public sealed class SeededGeneratorTests
{
    [Fact]
    public void A_seed_gives_the_numbers_of_its_algorithm()
    {
        var chance = new SeededGenerator(42);
        ulong[] expected = [0x15780b2e0c2ec716, 0x6104d9866d113a7e, 0xae17533239e499a1, 0xecb8ad4703b360a1];
        Assert.Equal(expected, Enumerable.Range(0, 4).Select(_ => chance.NextBits()));
        chance.Restart(0);
        Assert.Equal(0x99ec5f36cb75f2b4UL, chance.NextBits());
    }

    [Fact]
    public void Every_number_below_a_bound_is_drawn_about_as_often()
    {
        var chance = new SeededGenerator(3);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[chance.Next(7)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
        Assert.Equal(0, chance.Next(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => chance.Next(0));
    }

    [Fact]
    public void A_share_is_from_0_to_below_1()
    {
        var chance = new SeededGenerator(4);
        var shares = Enumerable.Range(0, 10_000).Select(_ => chance.NextDouble()).ToList();
        Assert.All(shares, share => Assert.InRange(share, 0, Math.BitDecrement(1.0)));
        Assert.InRange(shares.Average(), 0.49, 0.51);
    }

    [Fact]
    public void A_derived_seed_is_the_hash_that_its_documentation_says()
    {
        Assert.Equal(8733592462777018356UL, Seeds.Derive(7, "laptop", "negmas:MiCRO", "0"));
        Assert.Equal(4291380351384106050UL, Seeds.Derive(7));
        Assert.Equal(17531265484785749175UL, Seeds.Derive(0, new string('é', 300)));
    }

    [Fact]
    public void Parts_that_read_alike_together_give_other_seeds() =>
        Assert.NotEqual(Seeds.Derive(1, "ab", "c"), Seeds.Derive(1, "a", "bc"));
}
