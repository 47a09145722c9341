using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Market.Domain;

namespace Market.Simulations.Results;

/// <summary>Reads negotiations.csv, one row at a time.</summary>
internal static class RowReader
{
    private static readonly CsvConfiguration Rfc4180 = new(CultureInfo.InvariantCulture) { Mode = CsvMode.RFC4180 };

    /// <summary>The rows of a file in their order.</summary>
    /// <exception cref="ResultFolderException">A line is not of this form.</exception>
    public static IEnumerable<NegotiationRow> Read(TextReader text, string path)
    {
        using var csv = new CsvReader(text, Rfc4180);
        if (!csv.Read() || !csv.ReadHeader())
        {
            throw new ResultFolderException($"{path} is empty; its first line should name the columns.");
        }

        var parties = csv.HeaderRecord!.Count(name => name.StartsWith("strategy_", StringComparison.Ordinal));
        var missing = RowColumns.Names(parties).Except(csv.HeaderRecord!).FirstOrDefault();
        if (missing is not null || parties == 0)
        {
            throw new ResultFolderException(
                $"{path} has no column '{missing ?? "strategy_1"}': it is not of this version of the program.");
        }

        while (csv.Read())
        {
            yield return RowOf(csv, parties, path);
        }
    }

    private static NegotiationRow RowOf(CsvReader csv, int parties, string path)
    {
        try
        {
            return new NegotiationRow(
                csv.GetField<long>("number"),
                Text(csv, "scenario"),
                csv.GetField<int>("rotation"),
                csv.GetField<int>("repetition"),
                csv.GetField<ulong>("seed"),
                csv.GetField<int>("rounds_max"),
                Text(csv, "end"),
                csv.GetField<int>("rounds"),
                csv.GetField<int>("offers"),
                Text(csv, "agreement"),
                csv.GetField<double>("welfare"),
                MetricsOf(csv),
                Number(csv, "surplus_split"),
                Text(csv, "anomalies"),
                Text(csv, "failure"),
                Text(csv, "digest"),
                Enumerable.Range(1, parties)
                    .Where(party => Text(csv, $"strategy_{party}").Length > 0)
                    .Select(party => PartyOf(csv, party))
                    .ToValueArray(),
                Number(csv, "value"));
        }
        catch (CsvHelperException e)
        {
            throw new ResultFolderException(
                $"{path}, line {csv.Parser.RawRow}: {e.InnerException?.Message ?? e.Message.Split('\n')[0].Trim()}", e);
        }
    }

    private static RowMetrics MetricsOf(CsvReader csv) => new(
        Number(csv, "pareto_distance"),
        Number(csv, "nash_distance"),
        Number(csv, "kalai_distance"),
        Number(csv, "modified_kalai_distance"),
        Number(csv, "kalai_smorodinsky_distance"),
        Number(csv, "modified_kalai_smorodinsky_distance"),
        Number(csv, "max_welfare_distance"),
        Number(csv, "pareto_optimality"),
        Number(csv, "nash_optimality"),
        Number(csv, "kalai_optimality"),
        Number(csv, "modified_kalai_optimality"),
        Number(csv, "kalai_smorodinsky_optimality"),
        Number(csv, "modified_kalai_smorodinsky_optimality"),
        Number(csv, "max_welfare_optimality"));

    private static PartyRow PartyOf(CsvReader csv, int party) => new(
        Text(csv, $"strategy_{party}"),
        Text(csv, $"profile_{party}"),
        csv.GetField<double>($"utility_{party}"),
        csv.GetField<double>($"discounted_{party}"),
        Number(csv, $"advantage_{party}"),
        csv.GetField<double>($"fortunate_{party}"),
        csv.GetField<double>($"selfish_{party}"),
        csv.GetField<double>($"concession_{party}"),
        csv.GetField<double>($"nice_{party}"),
        csv.GetField<double>($"silent_{party}"),
        csv.GetField<double>($"unfortunate_{party}"),
        Number(csv, $"model_rmse_{party}"),
        Number(csv, $"model_spearman_{party}"),
        Number(csv, $"model_kendall_{party}"));

    private static string Text(CsvReader csv, string column) => csv.GetField(column) ?? string.Empty;

    private static double? Number(CsvReader csv, string column) => csv.GetField<double?>(column);
}
