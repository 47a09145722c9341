using System.Diagnostics;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Running;
using Market.Simulations.Running.Users;
using Market.Simulations.Running.Users.Hosting;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Tests.Running.Hosting;

/// <summary>A process that breaks between two negotiations is nobody's fault: another one takes its place.</summary>
public sealed class BrokenProcessTests : IDisposable
{
    private static readonly UserCode Eager = CodeOf(typeof(Eager));
    private static readonly UserCode Attentive = CodeOf(typeof(Attentive));

    private readonly RankedOutcomes _own = StageBench.For(ScenarioSource.LoadOne("price-100")).Ranked[0];
    private readonly StrategyHost _host = new(
        new HostOptions(TimeLimitSeconds: 120, MemoryMegabytes: 512, Output: null));

    [Fact]
    public void A_negotiation_that_needs_setting_up_begins_in_a_new_process()
    {
        Play(Eager);
        var broken = Break();

        Play(Attentive);

        Assert.NotEqual(broken, _host.ProcessId);
        Assert.Equal((HostFault.None, false), (_host.Fault, _host.HasPlayedBefore));
    }

    [Fact]
    public void A_negotiation_that_began_in_a_broken_process_is_to_be_played_again()
    {
        Play(Eager);
        Break();

        var failure = Assert.Throws<StrategyFailureException>(() => Play(Eager));

        Assert.Equal("ended its process: exit code 137", failure.Message);
        Assert.Equal((HostFault.Broke, true), (_host.Fault, _host.HasPlayedBefore));
        Play(Eager);
        Assert.Equal((HostFault.None, false), (_host.Fault, _host.HasPlayedBefore));
    }

    public void Dispose() => _host.Dispose();

    private static UserCode CodeOf(Type type) => new(Tournaments.UserAssembly, type.FullName!);

    private void Play(UserCode code)
    {
        _host.Begin(code, _own, 0, Party.Buyer);
        var act = _host.Act(new TurnView(2, 0, 10, TurnView.NoOffer), new SeenOffers());
        Assert.Equal(NegotiatorActKind.Propose, act.Kind);
    }

    private int Break()
    {
        using var process = Process.GetProcessById(_host.ProcessId!.Value);
        process.Kill();
        process.WaitForExit();
        return process.Id;
    }
}
