using Market.Domain;
using Market.Grains.Hosting;
using Market.Silo.Clustering;
using Market.Testing.Hosting;

namespace Market.Silo.Tests.Clustering;

public sealed class LiveSessionsTests
{
    private static readonly AgentNumber Alice = new(1);
    private static readonly AgentNumber Bob = new(2);
    private readonly ManualClock _clock = new();
    private readonly List<(AgentNumber Agent, int Here)> _said = [];
    private int _elsewhere;

    [Fact]
    public void What_an_agent_has_on_all_silos_counts()
    {
        using var sessions = Start();
        var refused = 0;
        using var first = sessions.Open(Alice, () => refused++);
        _elsewhere = 1;
        using var second = sessions.Open(Alice, () => refused++);
        Assert.Equal(0, refused);
        using var third = sessions.Open(Alice, () => refused++);
        Assert.Equal(1, refused);
        Assert.Equal([(Alice, 1), (Alice, 2), (Alice, 3)], _said);
    }

    [Fact]
    public void An_end_is_said_once_and_what_is_left_is_said_again_at_each_renewal()
    {
        using var sessions = Start();
        var alice = sessions.Open(Alice, Nothing);
        using var bob = sessions.Open(Bob, Nothing);
        alice.Dispose();
        alice.Dispose();
        _said.Clear();
        _clock.Advance(LiveSessions.RenewEvery);
        Assert.Equal([(Bob, 1)], _said);
        _clock.Advance(LiveSessions.RenewEvery);
        Assert.Equal([(Bob, 1), (Bob, 1)], _said);
    }

    [Fact]
    public void Where_the_registry_cannot_be_asked_nobody_is_refused()
    {
        using var sessions = new LiveSessions(
            static (_, _) => Task.FromException<int>(new SiloUnreachableException(new TimeoutException("cut"))), 2,
            _clock);
        var refused = 0;
        using var one = sessions.Open(Alice, () => refused++);
        Assert.Equal(0, refused);
    }

    private static void Nothing()
    {
        // Nobody is refused in these tests.
    }

    private LiveSessions Start() => new(
        (agent, here) =>
        {
            _said.Add((agent, here));
            return Task.FromResult(here + _elsewhere);
        },
        3,
        _clock);
}
