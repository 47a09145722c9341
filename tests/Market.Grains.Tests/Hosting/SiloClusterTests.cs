using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Tests.Engines;

namespace Market.Grains.Tests.Hosting;

/// <summary>What holds between silos, beside what holds of every cluster.</summary>
public sealed class SiloClusterTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HeldJournal _journal = new(new MemoryJournal());
    private readonly Witness _witness = new();
    private readonly LoopbackNetwork _network = new();
    private ClusterUnderTest? _cluster;

    public async ValueTask DisposeAsync()
    {
        _journal.Release();
        await (_cluster?.Stop() ?? ValueTask.CompletedTask);
        await _journal.DisposeAsync();
    }

    [Fact]
    public async Task Every_silo_reaches_every_grain_at_its_one_place()
    {
        var silos = await StartAsync();
        for (var number = 1; number <= 50; number++)
        {
            await silos[0].AskAsync(Tally(number), new Add(1));
            Assert.Equal(new Total(3), await silos[1].AskAsync(Tally(number), new Add(2)));
            Assert.Equal(1, _witness.Made(Tally(number)));
        }

        Assert.All(silos, static silo => Assert.InRange(silo.PlacedHere, 1, 49));
        Assert.Equal(50, silos.Sum(static silo => silo.PlacedHere));
    }

    [Fact]
    public async Task A_silo_that_cannot_be_reached_leaves_the_outcome_unknown_and_the_grain_goes_on()
    {
        var silos = await StartAsync();
        var asker = await ElsewhereAsync(silos, Tally(1));
        _network.IsCut = true;
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => asker.AskAsync(Tally(1), new Add(2)).AsTask());
        asker.Tell(Tally(1), new Add(4));

        _network.IsCut = false;
        Assert.Equal(new Total(9), await asker.AskAsync(Tally(1), new Add(8)));
    }

    [Fact]
    public async Task An_id_that_somebody_made_up_takes_no_place_on_any_silo()
    {
        var silos = await StartAsync();
        Assert.IsType<GrainNotFound>(await silos[0].AskAsync(Tally(1), new Read()));
        Assert.IsType<GrainNotFound>(await silos[1].AskAsync(Tally(1), new Read()));
        Assert.All(silos, static silo => Assert.Equal(0, silo.PlacedHere));
    }

    [Fact]
    public async Task A_grain_that_has_ended_gives_its_place_up()
    {
        var silos = await StartAsync();
        await silos[0].AskAsync(Tally(1), new Add(TallyGrain.EndsAt));
        await UntilAsync(() => silos.Sum(static silo => silo.PlacedHere) == 0);
        Assert.Equal(new Total(TallyGrain.EndsAt), await silos[1].AskAsync(Tally(1), new Read()));
    }

    [Fact]
    public async Task A_grain_whose_append_was_lost_gives_its_place_up_and_comes_back()
    {
        var silos = await StartAsync();
        await silos[0].AskAsync(Tally(1), new Add(1));
        _journal.FailNext(Fault.FailedBefore);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => silos[1].AskAsync(Tally(1), new Add(2)).AsTask());
        Assert.Equal(new Total(1), await silos[0].AskAsync(Tally(1), new Read()));
        Assert.Equal(new Total(5), await silos[1].AskAsync(Tally(1), new Add(4)));
    }

    [Fact]
    public async Task A_grain_is_displaced_only_when_all_that_it_accepted_is_answered()
    {
        var silos = await StartAsync();
        await silos[0].AskAsync(Tally(1), new Add(1));
        var home = silos.Single(static silo => silo.PlacedHere == 1);
        _journal.Hold();
        var add = home.AskAsync(Tally(1), new Add(2));
        await _journal.WhenHeld(1).WaitAsync(Patience);
        var displaced = home.DisplacedAsync(Tally(1), CancellationToken.None);
        Assert.False(displaced.IsCompleted);

        _journal.Release();
        Assert.Equal(new Total(3), await add);
        await displaced.WaitAsync(Patience);
        Assert.Equal(0, _cluster!.Activations());
    }

    [Fact]
    public async Task What_was_displaced_without_patience_is_fenced_and_not_waited_for()
    {
        var silos = await StartAsync();
        await silos[0].AskAsync(Tally(1), new Add(1));
        var home = silos.Single(static silo => silo.PlacedHere == 1);
        _journal.Hold();
        var add = home.AskAsync(Tally(1), new Add(2));
        await _journal.WhenHeld(1).WaitAsync(Patience);
        await home.DisplacedAsync(Tally(1), new CancellationToken(canceled: true));
        Assert.False(add.IsCompleted);
    }

    private static GrainId Tally(int number) =>
        new(GrainKind.Negotiation, new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    private static async Task UntilAsync(Func<bool> holds)
    {
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!holds())
        {
            Assert.True(Environment.TickCount64 < until, "It did not happen in time.");
            await Task.Yield();
        }
    }

    /// <summary>Makes a tally of 1; the silo where it is not.</summary>
    private static async Task<SiloCluster> ElsewhereAsync(IReadOnlyList<SiloCluster> silos, GrainId grain)
    {
        await silos[0].AskAsync(grain, new Add(1));
        return silos.Single(static silo => silo.PlacedHere == 0);
    }

    private async Task<IReadOnlyList<SiloCluster>> StartAsync()
    {
        (_cluster, var silos) = await SilosUnderTest.StartAsync(
            [_network.AddSilo(), _network.AddSilo()], _journal, _witness, new EngineLimits());
        return silos;
    }
}
