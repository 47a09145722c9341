using Market.Simulations.Results;
using Market.Simulations.Running;

namespace Market.Simulations.Tests.Running;

/// <summary>What a stopped or killed run leaves behind is gone on with, to the same bytes.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly Tournaments _runs = new();

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(0.999)]
    public void A_run_that_was_killed_ends_with_the_bytes_of_one_that_was_not(double share)
    {
        _runs.Run(Tournaments.Settings, "whole");
        _runs.Run(Tournaments.Settings, "killed");
        RunInfoFile.Write(_runs.PathOf("killed"), RunInfoFile.Read(_runs.PathOf("killed")) with { Complete = false });

        // Each file is cut at another place, in the middle of a line.
        Cut("killed", ResultFiles.CsvName, share, hasHeader: true);
        Cut("killed", ResultFiles.EventsName, share + 0.0007, hasHeader: false);
        Cut("killed", ResultFiles.OffersName, share * 0.99, hasHeader: true);
        Assert.NotEqual(_runs.Bytes("whole"), _runs.Bytes("killed"));
        Assert.True(_runs.Read("killed").Rows.Count < _runs.Read("whole").Rows.Count);

        var report = _runs.Resume("killed");

        Assert.True(report.IsComplete);
        Assert.Equal(_runs.Bytes("whole"), _runs.Bytes("killed"));
        Assert.Equal(_runs.Read("whole").Rows.Count, report.Totals.Negotiations);
    }

    [Fact]
    public void A_run_that_is_stopped_keeps_what_is_finished_and_goes_on()
    {
        _runs.Run(Tournaments.Settings, "whole");
        using var stop = new CancellationTokenSource();
        var session = RunSession.New(Tournaments.SetupOf(Tournaments.Settings), _runs.PathOf("stopped"));
        session.Begun += stop.Cancel;
        var report = session.Run(
            2, Simulations.Running.Progress.ProgressKind.None, TextWriter.Null, stop.Token);

        Assert.False(report.IsComplete);
        Assert.False(_runs.Read("stopped").Info.Complete);
        var kept = _runs.Read("stopped").Rows;
        Assert.InRange(kept.Count, 1, (int)report.Setup.Plan.Count - 1);
        Assert.Equal(_runs.Read("whole").Rows.Take(kept.Count), kept);

        _runs.Resume("stopped");
        Assert.Equal(_runs.Bytes("whole"), _runs.Bytes("stopped"));
    }

    [Fact]
    public void A_folder_that_holds_a_run_is_not_written_over()
    {
        _runs.Run(Tournaments.Settings, "run");
        var refused = Assert.Throws<ResultFolderException>(() => _runs.Run(Tournaments.Settings, "run"));
        Assert.Contains("--resume", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_scenario_has_changed_is_not_gone_on_with()
    {
        _runs.Run(Tournaments.Settings, "run");
        var copy = Path.Combine(_runs.PathOf("run"), ScenarioCopies.FolderName, "laptop.yaml");
        var text = File.ReadAllText(copy);
        Assert.Contains("reservation: 0.27", text, StringComparison.Ordinal);
        File.WriteAllText(copy, text.Replace("reservation: 0.27", "reservation: 0.2701", StringComparison.Ordinal));

        var refused = Assert.Throws<ResultFolderException>(() => _runs.Resume("run"));
        Assert.Contains("laptop.yaml has changed", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _runs.Dispose();

    private void Cut(string run, string file, double share, bool hasHeader)
    {
        var path = Path.Combine(_runs.PathOf(run), file);
        var header = hasHeader ? File.ReadLines(path).First().Length + 1 : 0;
        using var bytes = new FileStream(path, FileMode.Open);
        bytes.SetLength(Math.Max(header, (long)(bytes.Length * Math.Min(1, share))));
    }
}
