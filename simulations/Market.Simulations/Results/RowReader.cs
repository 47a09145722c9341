using System.Globalization;
using CsvHelper;
using Market.Domain;

namespace Market.Simulations.Results;

/// <summary>
/// Reads negotiations.csv, one row at a time. Columns are found by name, so others may stand between them.
/// </summary>
internal sealed class RowReader
{
    private static readonly CsvReaderOptions Rfc4180 = new()
    {
        Separator = ',',
        Mode = CsvMode.Rfc4180,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
        MalformedData = CsvMalformedDataHandling.Throw,
        FormatProvider = CultureInfo.InvariantCulture,
        TrackLineNumbers = true,
    };

    private readonly CsvReader _csv;
    private readonly int[] _columns;
    private readonly int _parties;
    private int _next;

    private RowReader(CsvReader csv, string path)
    {
        _csv = csv;
        _parties = csv.Headers.Count(name => name.StartsWith("strategy_", StringComparison.Ordinal));
        var names = RowColumns.Names(Math.Max(1, _parties)).ToList();
        var missing = names.Except(csv.Headers).FirstOrDefault();
        if (missing is not null)
        {
            throw new ResultFolderException(
                $"{path} has no column '{missing}': it is not of this version of the program.");
        }

        _columns = [.. names.Select(name => csv.GetFieldIndex(name))];
    }

    /// <summary>The rows of a file in their order.</summary>
    /// <exception cref="ResultFolderException">A line is not of this form.</exception>
    public static IEnumerable<NegotiationRow> Read(Stream bytes, string path)
    {
        using var csv = CsvReader.Create(bytes, Rfc4180, leaveOpen: false);
        csv.ReadHeader();
        var rows = new RowReader(csv, path);
        while (rows.TryRead(path) is { } row)
        {
            yield return row;
        }
    }

    private NegotiationRow? TryRead(string path)
    {
        try
        {
            return _csv.Read() ? Row() : null;
        }
        catch (Exception e) when (e is CsvFormatException or FormatException or OverflowException)
        {
            throw new ResultFolderException(
                $"{path}, line {_csv.LineNumber}: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    // The fields are read in the order of RowColumns.
    private NegotiationRow Row()
    {
        _next = 0;
        var (number, scenario, rotation, repetition) = (Whole<long>(), Text(), Whole<int>(), Whole<int>());
        var value = Number();
        var (seed, roundsMax, end, rounds, offers) =
            (Whole<ulong>(), Whole<int>(), Text(), Whole<int>(), Whole<int>());
        var (agreement, welfare, metrics) = (Text(), Required(), Metrics());
        var (split, money, splitMoney) = (Number(), Number(), Number());
        return new NegotiationRow(
            number, scenario, rotation, repetition, seed, roundsMax, end, rounds, offers, agreement, welfare, metrics,
            split, Text(), Text(), Text(), Parties(), value, money, splitMoney);
    }

    private RowMetrics Metrics() => new(
        Number(), Number(), Number(), Number(), Number(), Number(), Number(),
        Number(), Number(), Number(), Number(), Number(), Number(), Number());

    private ValueArray<PartyRow> Parties()
    {
        var parties = new List<PartyRow>(_parties);
        for (var party = 0; party < _parties && !_csv.IsEmpty(_columns[_next]); party++)
        {
            parties.Add(new PartyRow(
                Text(), Text(), Required(), Required(), Number(),
                Required(), Required(), Required(), Required(), Required(), Required(),
                Number(), Number(), Number()));
        }

        return parties.ToValueArray();
    }

    private string Text() => _csv.GetString(_columns[_next++]);

    private T Whole<T>()
        where T : ISpanParsable<T> => _csv.Parse<T>(_columns[_next++]);

    private double Required() => _csv.Parse<double>(_columns[_next++]);

    private double? Number()
    {
        var column = _columns[_next++];
        return _csv.IsEmpty(column) ? null : _csv.Parse<double>(column);
    }
}
