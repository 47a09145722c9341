using Market.Domain;
using Market.Grains.Hosting;
using Market.Silo.Clustering;
using Market.Silo.Hosting;
using Market.Testing.Hosting;

namespace Market.Silo.Tests.Clustering;

/// <summary>A key that is taken back on one silo is used on none (ADR 17, ADR 22).</summary>
public sealed class KeyPausesTests : IAsyncDisposable
{
    private static readonly AgentNumber Agent = new(5);
    private readonly PairedSilos _silos = new();
    private readonly ManualClock _clock = new();

    private KeyPauses Pauses { get; set; } = null!; // of the silo that was added last

    public ValueTask DisposeAsync() => _silos.DisposeAsync();

    [Fact]
    public async Task It_waits_for_who_uses_the_key_elsewhere_and_lets_nobody_in_meanwhile()
    {
        var (here, _) = await AddAsync();
        var (there, _) = await AddAsync();
        Assert.True(there.TryEnter(Agent));

        var revoked = false;
        var alone = here.AloneAsync(Agent, () => ValueTask.FromResult(revoked = true)).AsTask();
        Assert.False(there.TryEnter(Agent));
        Assert.True(there.TryEnter(new AgentNumber(6)));
        var late = there.EnterAsync(Agent).AsTask();
        Assert.False(revoked);

        there.Exit(Agent);
        Assert.True(await alone);
        await late;
        there.Exit(Agent);
        Assert.True(there.TryEnter(Agent) && here.TryEnter(Agent));
    }

    [Fact]
    public async Task Where_a_silo_does_not_answer_nothing_is_done_and_the_key_is_open_again()
    {
        var (here, _) = await AddAsync();
        var (there, _) = await AddAsync();
        var (_, deaf) = await AddAsync();
        _silos.Deafen(deaf);

        var revoked = false;
        await Assert.ThrowsAsync<OutcomeUnknownException>(
            () => here.AloneAsync(Agent, () => ValueTask.FromResult(revoked = true)).AsTask());
        Assert.False(revoked);
        Assert.True(here.TryEnter(Agent));
        _clock.Advance(KeyPauses.ClosedAtMost);
        Assert.True(there.TryEnter(Agent));
    }

    [Fact]
    public async Task Who_is_told_no_further_word_opens_the_key_in_time()
    {
        var (here, own) = await AddAsync();
        var (there, other) = await AddAsync();
        await here.AloneAsync(Agent, () =>
        {
            _silos.Deafen(other);
            return ValueTask.FromResult(true);
        });
        Assert.False(there.TryEnter(Agent));
        _clock.Advance(KeyPauses.ClosedAtMost - TimeSpan.FromSeconds(1));
        Assert.False(there.TryEnter(Agent));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(there.TryEnter(Agent));
        Assert.NotSame(own, other);
    }

    [Fact]
    public async Task Two_that_take_the_same_key_back_at_once_do_not_wait_for_each_other()
    {
        var (here, _) = await AddAsync();
        var (there, _) = await AddAsync();
        var second = new TaskCompletionSource();
        var first = here.AloneAsync(Agent, async () =>
        {
            await second.Task;
            return 1;
        }).AsTask();
        Assert.Equal(2, await there.AloneAsync(Agent, () => ValueTask.FromResult(2)));
        second.SetResult();
        Assert.Equal(1, await first);
        Assert.True(here.TryEnter(Agent) && there.TryEnter(Agent));
    }

    [Fact]
    public async Task A_silo_that_joins_waits_for_what_is_done_without_it()
    {
        var (here, _) = await AddAsync();
        var revoked = new TaskCompletionSource();
        var alone = here.AloneAsync(Agent, async () =>
        {
            await revoked.Task;
            return true;
        }).AsTask();
        var (joins, _) = await AddAsync();
        var joining = Pauses.JoinAsync(CancellationToken.None);
        Assert.False(joining.IsCompleted);
        revoked.SetResult();
        await joining;
        Assert.True(await alone);
        Assert.True(joins.TryEnter(Agent));
    }

    private async Task<(AgentKeyLeases Keys, SiloCluster Silo)> AddAsync()
    {
        var silo = await _silos.AddAsync();
        var pauses = Pauses = new KeyPauses(silo, _silos.Journal, _clock);
        var (sessions, agents) = (
            new SessionKeyLeases { Elsewhere = pauses }, new AgentKeyLeases { Elsewhere = pauses });
        pauses.Serve(sessions, agents);
        return (agents, silo);
    }
}
