using System.Globalization;
using System.Text;

namespace Market.Simulations.Results;

/// <summary>
/// What an interrupted run has left: how many of its negotiations every file has whole. The rest is cut off, so that
/// the run goes on there and ends with the same bytes as one that was not interrupted.
/// </summary>
internal static class InterruptedFiles
{
    /// <summary>Cuts the files of a folder back to what is whole in all of them.</summary>
    /// <returns>Number of finished negotiations; they are 0 to this − 1.</returns>
    /// <exception cref="ResultFolderException">A file cannot be read or cut.</exception>
    public static long Trim(string folder, bool withOffers)
    {
        var csv = Path.Combine(folder, ResultFiles.CsvName);
        var events = Path.Combine(folder, ResultFiles.EventsName);
        var offers = Path.Combine(folder, ResultFiles.OffersName);
        try
        {
            var csvLines = WholeLines.Count(csv, long.MaxValue).Lines;
            if (csvLines == 0)
            {
                throw new ResultFolderException(
                    $"{folder} was interrupted before its first line: delete it, and begin again.");
            }

            var finished = Math.Min(csvLines - 1, WholeLines.Count(events, long.MaxValue).Lines);
            if (withOffers)
            {
                finished = Math.Min(finished, LastNumberOf(offers));
                Cut(offers, BytesBefore(offers, finished));
            }

            Cut(events, WholeLines.Count(events, finished).Bytes);
            Cut(csv, WholeLines.Count(csv, finished + 1).Bytes);
            return finished;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultFolderException($"Cannot go on in {folder}: {e.Message}", e);
        }
    }

    /// <summary>
    /// The negotiation of the last whole line: those before it are whole; of itself, lines may be missing.
    /// </summary>
    private static long LastNumberOf(string offers)
    {
        var whole = WholeLines.Count(offers, long.MaxValue);
        if (whole.Lines <= 1)
        {
            return 0;
        }

        return Lines(offers).Take((int)Math.Min(whole.Lines, int.MaxValue)).Skip(1).Select(NumberOf).Last();
    }

    private static long BytesBefore(string offers, long number)
    {
        var header = true;
        var bytes = 0L;
        foreach (var line in Lines(offers))
        {
            if (!header && NumberOf(line) >= number)
            {
                break;
            }

            header = false;
            bytes += Encoding.UTF8.GetByteCount(line) + 1;
        }

        return bytes;
    }

    private static IEnumerable<string> Lines(string path) => File.ReadLines(path);

    private static long NumberOf(string line) =>
        long.TryParse(line.AsSpan(0, Math.Max(0, line.IndexOf(','))), CultureInfo.InvariantCulture, out var number)
            ? number
            : long.MaxValue; // a line that was cut within its number

    private static void Cut(string path, long bytes)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(bytes);
    }
}
