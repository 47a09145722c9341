using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Tests.Engines;

namespace Market.Grains.Tests.Hosting;

public sealed class KnownGrainsTests
{
    [Fact]
    public async Task A_grain_is_known_once_its_first_row_has_passed_by()
    {
        await using var journal = new MemoryJournal();
        var known = new KnownGrains(10);
        journal.Observe(known);
        await using var cluster = Tallies.Cluster(journal, new Witness());
        Assert.False(known.Contains(GrainId.Ledger));
        await cluster.AskAsync(GrainId.Ledger, new Add(1));
        Assert.True(known.Contains(GrainId.Ledger));
        Assert.False(known.Contains(GrainId.Directory));
    }

    [Fact]
    public void It_forgets_the_longest_known_and_never_the_last_half()
    {
        const int Max = 10;
        var known = new KnownGrains(Max);
        var grains = Enumerable.Range(1, 1_000).Select(number => GrainId.OfBuyer(new AgentNumber(number))).ToList();
        for (var i = 0; i < grains.Count; i++)
        {
            known.Add(grains[i]);
            known.Add(grains[i]);
            Assert.True(known.Contains(grains[i]));
            Assert.True(grains.Take(i + 1).Count(known.Contains) <= Max + 1);
            Assert.All(grains.Take(i + 1).TakeLast(Max / 2), grain => Assert.True(known.Contains(grain)));
        }
    }
}
