using Market.Simulations.Results;
using Market.Simulations.Running.Users.Hosting;

namespace Market.Simulations.Running;

/// <summary>
/// Verifies a results folder: every digest is worked out again from the logged acts, and by playing again with the seed
/// in the row. What was stopped for taking too long is not played again: whether it does is a matter of the machine.
/// </summary>
internal sealed class ReplayCheck : IDisposable
{
    private readonly string _path;
    private readonly RunInfo _info;
    private readonly RunPlan? _plan;
    private readonly StageBenches? _benches;
    private readonly NegotiationRunner? _runner;
    private readonly StrategyResolver _strategies;
    private readonly NegotiationDigest _digest = new();
    private long _checked;
    private long _playedAgain;
    private string? _whyNot;

    private ReplayCheck(string path, CancellationToken cancellation)
    {
        _path = path;
        _strategies = new StrategyResolver(cancellation);
        _info = RunInfoFile.Read(path);
        try
        {
            var setup = RunSetup.Of(_info.Settings, ScenarioCopies.Read(path, _info), _strategies);
            if (!setup.Info.Strategies.SequenceEqual(_info.Strategies))
            {
                _whyNot = "A strategy has changed since the run.";
                return;
            }

            _plan = setup.Plan;
            _benches = new StageBenches(_plan);
            _runner = new NegotiationRunner(_info.Settings, StoppedStrategies.For(_info.Settings));
        }
        catch (RunRefusedException e)
        {
            _whyNot = e.Message;
        }
    }

    /// <summary>Verifies a folder.</summary>
    /// <exception cref="ResultFolderException">It is no results folder, or is damaged.</exception>
    public static ReplayVerdict Run(string path, CancellationToken cancellation)
    {
        using var check = new ReplayCheck(path, cancellation);
        var difference = check.FirstDifference(cancellation);
        return new ReplayVerdict(
            check._checked, check._playedAgain, check._info.Complete, difference, check._whyNot);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runner?.Dispose();
        _strategies.Dispose();
    }

    private string? FirstDifference(CancellationToken cancellation)
    {
        using var acts = ResultFolder.ReadActs(_path).GetEnumerator();
        foreach (var row in ResultFolder.ReadRows(_path))
        {
            cancellation.ThrowIfCancellationRequested();
            if (row.Number != _checked)
            {
                return $"{ResultFiles.CsvName} has negotiation {row.Number} where {_checked} should be.";
            }

            var flaw = !acts.MoveNext() || acts.Current.Number != row.Number
                ? $"{ResultFiles.EventsName} has no acts of it"
                : FlawOf(row, acts.Current);
            if (flaw is not null)
            {
                var strategies = string.Join(" and ", row.Parties.Select(party => party.Strategy));
                return $"Negotiation {row.Number} ({row.Scenario}, {strategies}) differs: {flaw}.";
            }

            _checked++;
        }

        return _info.Complete && _checked != _info.Negotiations
            ? $"{ResultFiles.CsvName} has {_checked} negotiations; the run had {_info.Negotiations}."
            : null;
    }

    private string? FlawOf(NegotiationRow row, NegotiationActs acts)
    {
        var logged = _digest.Of(
            row.Scenario, row.Rotation, row.Repetition, row.Seed, row.RoundsMax,
            [.. row.Parties.Select(party => party.Strategy)], row.End, acts.Acts.AsSpan());
        if (logged != row.Digest || acts.Digest != row.Digest)
        {
            return $"its row has the digest {row.Digest}, its log {acts.Digest}, and the logged acts give {logged}";
        }

        if (_plan is null || HostFailures.AreOfTheMachine(row.Failure))
        {
            _whyNot ??= "Acts that took too long or too much memory were stopped: that depends on the machine.";
            return null;
        }

        var stage = _plan.StageOf(row.Number);
        var again = _runner!.Run(_plan[row.Number], _benches![stage]);
        _benches.Release(row.Number);
        _playedAgain++;
        return again == row ? null
            : again.Digest != row.Digest ? $"its digest is {row.Digest}, and played again it is {again.Digest}"
            : "played again it did the same, and its row says otherwise";
    }
}
