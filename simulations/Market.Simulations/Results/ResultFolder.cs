using System.Text;

namespace Market.Simulations.Results;

/// <summary>A results folder, as it was read.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Info">Its run.json.</param>
/// <param name="Rows">Its negotiations, in the order of their numbers; a beginning of the run if not complete.</param>
internal sealed record ResultFolder(string Path, RunInfo Info, IReadOnlyList<NegotiationRow> Rows)
{
    /// <summary>Reads a folder with all its rows.</summary>
    /// <exception cref="ResultFolderException">It is no results folder, or a file is damaged.</exception>
    public static ResultFolder Read(string path) => new(path, RunInfoFile.Read(path), [.. ReadRows(path)]);

    /// <summary>Reads the rows one by one, for runs larger than memory.</summary>
    /// <exception cref="ResultFolderException">There are none, or one is damaged.</exception>
    public static IEnumerable<NegotiationRow> ReadRows(string path)
    {
        var file = System.IO.Path.Combine(path, ResultFiles.CsvName);
        using var bytes = WholeLines.Open(file);
        foreach (var row in RowReader.Read(bytes, file))
        {
            yield return row;
        }
    }

    /// <summary>Reads the acts of all negotiations one by one, in the order of their numbers.</summary>
    /// <exception cref="ResultFolderException">There are none, or a line is damaged.</exception>
    public static IEnumerable<NegotiationActs> ReadActs(string path)
    {
        var file = System.IO.Path.Combine(path, ResultFiles.EventsName);
        using var text = new StreamReader(WholeLines.Open(file), Encoding.UTF8);
        while (text.ReadLine() is { } line)
        {
            yield return EventLine.Read(line, file);
        }
    }

    /// <summary>The acts of this folder's negotiations one by one, in the order of their numbers.</summary>
    public IEnumerable<NegotiationActs> Acts() => ReadActs(Path);
}
