using System.Diagnostics;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Running.Users;
using Market.Simulations.Running.Users.Hosting;

namespace Market.Benchmarks;

/// <summary>
/// What it costs that users' strategies play in processes of their own: acts a second of negotiations in which both
/// sides are a user's, beside the same with <c>--in-process</c>. The processes are started, and know the scenario,
/// before time is taken; each negotiation makes its strategies anew, as in a run.
/// </summary>
internal sealed class UsersBenchmark : IBenchmark
{
    private const int Rounds = 100;
    private const int ScenariosEach = 8;
    private const int MemoryMegabytes = 256;

    private static readonly TimeSpan ActLimit = TimeSpan.FromSeconds(60);
    private static readonly UserCode Code = new(
        typeof(UsersStrategy).Assembly.Location, typeof(UsersStrategy).FullName!);

    /// <inheritdoc/>
    public string Name => "users";

    /// <inheritdoc/>
    public string Description => "Users' strategies in processes of their own, beside the same in this process.";

    /// <inheritdoc/>
    public Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var time = TimeSpan.FromSeconds(quick ? 0.1 : 20);
        using var play = new Play();
        var (near, apart) = (new Tally(), new Tally());
        foreach (var number in Enumerable.Range(0, ScenariosEach))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = SimulateScenarios.Ranked(number, 100);
            var engine = new AlternatingOffers(own[0].Space);

            // The first of each warms up; and both must come to the same.
            var (one, other) = (play.Near(engine, own), play.Apart(engine, own));
            if (one != other)
            {
                throw new InvalidOperationException($"In this process {one}, in processes of their own {other}.");
            }

            near.Add(time / ScenariosEach, () => play.Near(engine, own));
            apart.Add(time / ScenariosEach, () => play.Apart(engine, own));
        }

        report(FigureResult.Relative(
            "users' strategies, in processes of their own", apart.ActsPerSecond, "acts/s",
            near.ActsPerSecond, null, apart.Seconds));
        report(FigureResult.Absolute(
            "users' strategies, an act in a process of its own", 1e6 / apart.ActsPerSecond, "µs", null,
            apart.Seconds));
        log($"users: {apart.Negotiations} negotiations of {(double)apart.Acts / apart.Negotiations:F0} acts in "
            + $"processes of their own, {near.Negotiations} in this one");
        return Task.CompletedTask;
    }

    /// <summary>The two ways to play the same.</summary>
    private sealed class Play : IDisposable
    {
        private readonly StrategyHosts _hosts = new(new HostOptions(ActLimit.TotalSeconds, MemoryMegabytes, null));
        private readonly ForeignPlay _inProcess = new(ActLimit);
        private readonly Func<RankedOutcomes, ulong, INegotiator> _make = UserStrategies.MakerOf(Code);

        public void Dispose()
        {
            _inProcess.Dispose();
            _hosts.Dispose();
        }

        private static Party SideOf(int seat) => seat == 0 ? Party.Buyer : Party.Seller;

        public AlternatingOffersResult Apart(AlternatingOffers engine, RankedOutcomes[] own) => engine.Run(
            [_hosts.Seat(0, Code, own[0], 0, SideOf(0)), _hosts.Seat(1, Code, own[1], 0, SideOf(1))], Rounds);

        public AlternatingOffersResult Near(AlternatingOffers engine, RankedOutcomes[] own)
        {
            AlternatingOffersResult result = default;
            _inProcess.Play(clock => result = engine.Run([Timed(own, 0, clock), Timed(own, 1, clock)], Rounds));
            return result;
        }

        private TimedNegotiator Timed(RankedOutcomes[] own, int seat, ActClock clock) => new(
            own[seat], () => OutcomeNegotiator.Of(_make(own[seat], 0), own[seat], SideOf(seat)), seat, clock);
    }

    /// <summary>What was played in one of the two ways.</summary>
    private sealed class Tally
    {
        public long Acts { get; private set; }

        public long Negotiations { get; private set; }

        public double Seconds { get; private set; }

        public double ActsPerSecond => Acts / Seconds;

        public void Add(TimeSpan time, Func<AlternatingOffersResult> play)
        {
            var started = Stopwatch.GetTimestamp();
            do
            {
                var result = play();
                if (result.End == AlternatingOffersEnd.Failed)
                {
                    throw new InvalidOperationException(result.Failure);
                }

                Negotiations++;
                Acts += result.Offers + (result.IsAgreement ? 1 : 0);
            }
            while (Stopwatch.GetElapsedTime(started) < time);

            Seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }
}
