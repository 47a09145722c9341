using Market.Simulations.Reporting;
using Market.Simulations.Running;
using Market.Simulations.Tests.Statistics;

namespace Market.Simulations.Tests.Reporting;

public sealed class InvocationTests
{
    [Fact]
    public void A_run_is_named_by_all_its_settings()
    {
        var info = SomeReports.Folder([SomeRows.Row(0, "s", ("a", 1), ("b", 1))]).Info with
        {
            Command = "sweep",
            Settings = new TournamentSettings
            {
                Strategies = ["Poly{}", "Linear+AC-combi(0.9)"],
                Scenarios = ["it's.yaml"],
                Rounds = 20,
                Repetitions = 3,
                Mode = PairingMode.RoundRobin,
                SelfPlay = false,
                Rotate = true,
                Seed = 7,
                Offers = true,
                TimeLimitSeconds = 0.5,
                Sweep = new SweepSettings("exponent", [0.5, 2]),
            },
        };

        Assert.Equal(
            "sweep --strategies 'Poly{},Linear+AC-combi(0.9)' --scenarios 'it'\\''s.yaml' --parameter exponent " +
            "--values 0.5,2 --rounds 20 --repetitions 3 --mode round-robin --no-self-play --rotate --seed 7 --offers " +
            "--time-limit 0.5 --out FOLDER",
            Invocation.Of(info));
    }
}
