using System.Globalization;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Results;
using Market.Simulations.Running.Users;
using Market.Simulations.Running.Users.Hosting;

namespace Market.Simulations.Running;

/// <summary>
/// Runs one negotiation after the other for one worker, and makes rows of them. Strategies of the catalogue are made
/// once a stage and restarted, so that a negotiation allocates little more than its row.
/// </summary>
internal sealed class NegotiationRunner : IDisposable
{
    private readonly TournamentSettings _settings;
    private readonly StoppedStrategies _stopped;
    private readonly ForeignPlay _foreign;
    private readonly StrategyHosts _hosts;
    private readonly NegotiationDigest _digest = new();
    private readonly ModelScores _models = new();
    private StageBench? _bench;
    private AlternatingOffers? _engine;
    private RankedNegotiator?[] _made = [];
    private INegotiator[] _parties = [];
    private string[] _names = [];

    /// <summary>Makes one for a worker.</summary>
    /// <param name="settings">Of the run.</param>
    /// <param name="stopped">Shared by the run's workers.</param>
    /// <param name="output">Takes what users' strategies write to the console; null for nobody.</param>
    public NegotiationRunner(TournamentSettings settings, StoppedStrategies stopped, TextWriter? output = null)
    {
        _settings = settings;
        _stopped = stopped;
        _foreign = new ForeignPlay(TimeSpan.FromSeconds(settings.TimeLimitSeconds));
        _hosts = new StrategyHosts(
            new HostOptions(settings.TimeLimitSeconds, settings.MemoryLimitMegabytes, output));
    }

    /// <summary>The acts of the latest negotiation; valid until the next one.</summary>
    public ActLog Log { get; private set; } = new();

    /// <summary>The seed of a negotiation: derived from the run's and from what identifies it.</summary>
    public static ulong SeedOf(ulong seed, in RunPlace place)
    {
        var parts = new string[3 + place.Lineup.Count];
        parts[0] = place.Stage.Scenario.Name;
        parts[1] = place.Rotation.ToString(CultureInfo.InvariantCulture);
        parts[2] = place.Repetition.ToString(CultureInfo.InvariantCulture);
        for (var seat = 0; seat < place.Lineup.Count; seat++)
        {
            parts[3 + seat] = place.StrategyOf(seat).Name;
        }

        return Seeds.Derive(seed, parts);
    }

    /// <summary>The seed of a seat's dice: derived from the negotiation's.</summary>
    public static ulong SeatSeedOf(ulong seed, int seat) =>
        Seeds.Derive(seed, seat.ToString(CultureInfo.InvariantCulture));

    /// <summary>Runs a negotiation; its acts are in <see cref="Log"/> afterwards.</summary>
    public NegotiationRow Run(in RunPlace place, StageBench bench)
    {
        if (_bench != bench)
        {
            Enter(bench, place);
        }

        Log.Clear();
        var seed = SeedOf(_settings.Seed, place);
        var result = Play(place, seed);
        if (result.End == AlternatingOffersEnd.Failed)
        {
            Log.Fail();
        }

        return NegotiationRows.Of(place, bench, seed, result, Log, _parties, _models, DigestOf(place, seed, result));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _foreign.Dispose();
        _hosts.Dispose();
    }

    private void Enter(StageBench bench, in RunPlace place)
    {
        var seats = place.Lineup.Count;
        _bench = bench;
        _engine = new AlternatingOffers(bench.Ranked[0].Space);
        _made = new RankedNegotiator?[place.Stage.Strategies.Count * seats * seats];
        _parties = new INegotiator[seats];
        _names = new string[seats];
    }

    private string DigestOf(in RunPlace place, ulong seed, in AlternatingOffersResult result)
    {
        for (var seat = 0; seat < _names.Length; seat++)
        {
            _names[seat] = place.StrategyOf(seat).Name;
        }

        return _digest.Of(
            place.Stage.Scenario.Name, place.Rotation, place.Repetition, seed, place.Stage.Rounds, _names,
            NegotiationRows.WordFor(result.End), Log.Acts);
    }

    private AlternatingOffersResult Play(in RunPlace place, ulong seed)
    {
        var isForeign = false;
        for (var seat = 0; seat < _parties.Length; seat++)
        {
            var recipe = place.StrategyOf(seat);
            isForeign |= recipe.IsForeign;
            if (_stopped.Contains(recipe.Name))
            {
                Array.Clear(_parties);
                return FailureOf(seat, HostFailures.StillRunning);
            }
        }

        return isForeign && _settings.InProcess ? PlayInProcess(place, seed)
            : isForeign ? PlayHosted(place, seed)
            : PlayOwn(place, seed, null);
    }

    private AlternatingOffersResult PlayHosted(in RunPlace place, ulong seed)
    {
        var result = PlayOwn(place, seed, null);
        for (var again = 0; again < _parties.Length && _hosts.MustPlayAgain(result); again++)
        {
            // Each time another seat's process is new, so in the end all are.
            Log.Clear();
            result = PlayOwn(place, seed, null);
        }

        return result;
    }

    private AlternatingOffersResult PlayOwn(in RunPlace place, ulong seed, ActClock? clock)
    {
        for (var seat = 0; seat < _parties.Length; seat++)
        {
            _parties[seat] = Seated(place, seat, seed, clock);
        }

        return _engine!.Run(_parties, place.Stage.Rounds, Log);
    }

    private AlternatingOffersResult PlayInProcess(RunPlace place, ulong seed)
    {
        AlternatingOffersResult result = default;
        var went = _foreign.Play(clock => result = PlayOwn(place, seed, clock));
        if (went.OverdueSeat is not { } seat)
        {
            return result;
        }

        // Its thread still holds what this negotiation used, so the next one gets everything anew.
        _stopped.Add(place.StrategyOf(seat).Name, went.ActEnded!);
        var acts = Log.Trace.ToArray();
        Log = new ActLog();
        Array.ForEach(acts, act => Log.Acted(act));
        Enter(_bench!, place);
        return FailureOf(seat, string.Create(
            CultureInfo.InvariantCulture, $"{HostFailures.TooLong} {_settings.TimeLimitSeconds} s for one act"));
    }

    private AlternatingOffersResult FailureOf(int seat, string what) => new(
        AlternatingOffersEnd.Failed,
        TurnView.NoOffer,
        (Log.Count / _parties.Length) + 1,
        Log.Offers,
        seat,
        what);

    private INegotiator Seated(in RunPlace place, int seat, ulong seed, ActClock? clock)
    {
        var recipe = place.StrategyOf(seat);
        var profile = place.ProfileOf(seat);
        var own = _bench!.Ranked[profile];
        var seatSeed = recipe.UsesChance ? SeatSeedOf(seed, seat) : 0;
        if (recipe.IsForeign)
        {
            var side = seat == 0 ? Party.Buyer : Party.Seller;
            return clock is null
                ? _hosts.Seat(seat, recipe.Code!, own, seatSeed, side)
                : new TimedNegotiator(
                    own, () => OutcomeNegotiator.Of(recipe.Create(own, seatSeed), own, side), seat, clock);
        }

        ref var made = ref _made[(((place.Lineup[seat] * _parties.Length) + profile) * _parties.Length) + seat];
        if (made is not null)
        {
            made.Restart(seatSeed);
            return made;
        }

        try
        {
            var fresh = recipe.Create(own, seatSeed);
            made = fresh as RankedNegotiator;
            return fresh;
        }
        catch (ArgumentException e)
        {
            throw new RunRefusedException(
                $"The strategy {recipe.Name} cannot play the scenario {_bench.Scenario.Name}: {e.Message}", e);
        }
    }
}
