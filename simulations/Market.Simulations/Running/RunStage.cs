using Market.Domain;
using Market.Simulations.Scenarios;

namespace Market.Simulations.Running;

/// <summary>
/// One scenario of a run with all its negotiations, under one value of the swept parameter. Its negotiations are
/// numbered by rotation, then line-up, then repetition; none is kept in memory.
/// </summary>
internal sealed class RunStage
{
    private readonly ValueArray<ValueArray<int>> _lineups;
    private readonly long[] _startOfLineup; // within a rotation; its last element is the rotation's length

    /// <summary>Lays out the negotiations of a scenario.</summary>
    /// <param name="scenario">The scenario, with the swept value in it where that is what is swept.</param>
    /// <param name="strategies">The strategies, under the swept value.</param>
    /// <param name="settings">How they meet.</param>
    /// <param name="value">The swept value; null without a sweep.</param>
    /// <param name="start">Number of the first negotiation in the run.</param>
    public RunStage(
        Scenario scenario, IReadOnlyList<RunStrategy> strategies, TournamentSettings settings, double? value,
        long start)
    {
        Scenario = scenario;
        Strategies = strategies;
        Value = value;
        Start = start;
        Rounds = value is { } rounds && settings.Sweep!.Parameter == Sweeps.Rounds
            ? (int)rounds
            : settings.Rounds ?? scenario.Rounds ?? TournamentSettings.RoundsUsual;
        Rotations = settings.Rotate ? scenario.Profiles.Count : 1;
        _lineups = Lineups.Of(strategies.Count, scenario.Profiles.Count, settings.Mode, settings.SelfPlay);
        _startOfLineup = new long[_lineups.Count + 1];
        for (var i = 0; i < _lineups.Count; i++)
        {
            var isRandom = _lineups[i].Any(strategy => strategies[strategy].UsesChance);
            _startOfLineup[i + 1] = _startOfLineup[i] + (isRandom ? settings.Repetitions : 1);
        }

        RepetitionsLeftOut = Rotations * (((long)settings.Repetitions * _lineups.Count) - _startOfLineup[^1]);
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>The strategies that meet.</summary>
    public IReadOnlyList<RunStrategy> Strategies { get; }

    /// <summary>The swept value; null without a sweep.</summary>
    public double? Value { get; }

    /// <summary>Rounds after which there is no agreement.</summary>
    public int Rounds { get; }

    /// <summary>How many rotations of the profiles run.</summary>
    public int Rotations { get; }

    /// <summary>Number of the first negotiation in the run.</summary>
    public long Start { get; }

    /// <summary>Number of negotiations.</summary>
    public long Count => Rotations * _startOfLineup[^1];

    /// <summary>Number of the negotiation after the last one.</summary>
    public long End => Start + Count;

    /// <summary>Repetitions that are left out, since strategies without chance would do the same again.</summary>
    public long RepetitionsLeftOut { get; }

    /// <summary>The negotiation with a number of the run.</summary>
    public RunPlace PlaceOf(long number)
    {
        var (rotation, place) = Math.DivRem(number - Start, _startOfLineup[^1]);
        var found = Array.BinarySearch(_startOfLineup, place);
        var lineup = found >= 0 ? found : ~found - 1;
        return new RunPlace(number, this, (int)rotation, _lineups[lineup], (int)(place - _startOfLineup[lineup]));
    }
}
