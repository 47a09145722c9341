using Market.Simulations.Scenarios;

namespace Market.Simulations.Results;

/// <summary>
/// The files of a results folder while a run writes them. Pieces come in the order of their numbers, and each is with
/// the operating system when <see cref="Write"/> returns: a kill at any moment leaves a beginning of the run behind.
/// </summary>
internal sealed class ResultFiles : IDisposable
{
    /// <summary>Names of the files in their folder.</summary>
    public const string CsvName = "negotiations.csv", EventsName = "events.jsonl", OffersName = "offers.csv";

    private readonly string _folder;
    private readonly FileStream _csv;
    private readonly FileStream _events;
    private readonly FileStream? _offers;
    private readonly RunInfo _info;

    private ResultFiles(string folder, RunInfo info, FileMode mode)
    {
        _folder = folder;
        _info = info;
        _offers = info.Settings.Offers ? Open(OffersName, mode) : null;
        _events = Open(EventsName, mode);
        _csv = Open(CsvName, mode);
    }

    /// <summary>Begins a results folder; makes it where there is none.</summary>
    /// <exception cref="ResultFolderException">It holds another run, or cannot be written to.</exception>
    public static ResultFiles Create(
        string folder, RunInfo info, IReadOnlyList<Scenario> scenarios, byte[] csvHeader, byte[] offersHeader)
    {
        if (File.Exists(Path.Combine(folder, RunInfoFile.Name)))
        {
            throw new ResultFolderException(
                $"{folder} already holds a run; name another folder, or go on with that run by --resume.");
        }

        return Guarded(folder, () =>
        {
            Directory.CreateDirectory(folder);
            ScenarioCopies.Write(folder, scenarios);
            RunInfoFile.Write(folder, info);

            // What a folder without run.json holds is no run. A file that is made anew is not truncated: some file
            // systems write one that was out to the disk before they let go of it, and that takes longer than the run.
            Array.ForEach([OffersName, EventsName, CsvName], name => File.Delete(Path.Combine(folder, name)));
            var files = new ResultFiles(folder, info, FileMode.CreateNew);
            files._offers?.Write(offersHeader);
            files._csv.Write(csvHeader);
            return files;
        });
    }

    /// <summary>
    /// Opens a folder to go on after its finished negotiations, of which <see cref="InterruptedFiles"/> has left
    /// nothing but whole lines.
    /// </summary>
    public static ResultFiles Continue(string folder, RunInfo info) =>
        Guarded(folder, () => new ResultFiles(folder, info, FileMode.Append));

    /// <summary>
    /// Writes the next piece. negotiations.csv comes last: a line in it means that the other files have theirs.
    /// </summary>
    public void Write(ResultPiece piece)
    {
        _offers?.Write(piece.Offers.Written);
        _events.Write(piece.Events.Written);
        _csv.Write(piece.Csv.Written);
    }

    /// <summary>Lets go of the files.</summary>
    /// <param name="isComplete">Whether all negotiations are there; then run.json says so.</param>
    public void Close(bool isComplete)
    {
        Dispose();
        if (isComplete)
        {
            RunInfoFile.Write(_folder, _info with { Complete = true });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _offers?.Dispose();
        _events.Dispose();
        _csv.Dispose();
    }

    private static ResultFiles Guarded(string folder, Func<ResultFiles> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultFolderException($"Cannot write results to {folder}: {e.Message}", e);
        }
    }

    // Without a buffer: a piece is one call to the operating system already.
    private FileStream Open(string name, FileMode mode) =>
        new(Path.Combine(_folder, name), mode, FileAccess.Write, FileShare.Read, bufferSize: 0);
}
