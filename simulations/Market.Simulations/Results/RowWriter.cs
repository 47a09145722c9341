using System.Runtime.CompilerServices;
using System.Text;

namespace Market.Simulations.Results;

/// <summary>
/// Writes lines of negotiations.csv. Nearly all of a line has occurred before: names, numbers, and the metrics, which
/// negotiations that agree on the same outcome share as one object. Each is made into bytes once. Not thread-safe: a
/// worker has its own.
/// </summary>
/// <param name="partiesMax">Parties of the run's largest negotiation: every row has columns for so many.</param>
internal sealed class RowWriter(int partiesMax)
{
    private const int TextsMax = 10_000; // a worker keeps at most about 3 MB of them
    private readonly Dictionary<RowMetrics, byte[]> _texts = new(ReferenceEqualityComparer.Instance);
    private readonly Utf8Buffer _scratch = new();
    private readonly FieldTexts _fields = new();
    private readonly NumberTexts _numbers = new();

    /// <summary>The first line.</summary>
    public byte[] Header => Encoding.UTF8.GetBytes(string.Join(',', RowColumns.Names(partiesMax)) + "\n");

    /// <summary>Appends a row and its line's end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled once: a short run cannot wait for tiers
    public void Write(NegotiationRow row, Utf8Buffer to)
    {
        to.Append(row.Number);
        to.Append(_fields.Next(row.Scenario));
        to.AppendNext(row.Rotation);
        to.AppendNext(row.Repetition);
        Next(row.Value, to);
        to.Append(',');
        to.Append(row.Seed);
        to.AppendNext(row.RoundsMax);
        to.Append(_fields.Next(row.End));
        to.AppendNext(row.Rounds);
        to.AppendNext(row.Offers);
        to.Append(_fields.Next(row.Agreement));
        Next(row.Welfare, to);
        to.Append(TextOf(row.Metrics));
        Next(row.SurplusSplit, to);
        Next(row.SurplusMoney, to);
        Next(row.SurplusSplitMoney, to);
        to.Append(_fields.Next(row.Anomalies));
        to.Append(_fields.Next(row.Failure));
        to.Append(',');
        to.Append(row.Digest);
        foreach (var party in row.Parties)
        {
            Write(party, to);
        }

        for (var absent = row.Parties.Count * RowColumns.OfParty.Count;
            absent < partiesMax * RowColumns.OfParty.Count;
            absent++)
        {
            to.Append(',');
        }

        to.Append('\n');
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled once: a short run cannot wait for tiers
    private void Write(PartyRow party, Utf8Buffer to)
    {
        to.Append(_fields.Next(party.Strategy));
        to.Append(_fields.Next(party.Profile));
        Next(party.Utility, to);
        Next(party.Discounted, to);
        Next(party.Advantage, to);
        Next(party.Fortunate, to);
        Next(party.Selfish, to);
        Next(party.Concession, to);
        Next(party.Nice, to);
        Next(party.Silent, to);
        Next(party.Unfortunate, to);
        Next(party.ModelRmse, to);
        Next(party.ModelSpearman, to);
        Next(party.ModelKendall, to);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // forty calls, one code
    private void Next(double? number, Utf8Buffer to) =>
        to.Fill(_numbers.Write(number, to.Reserve(NumberTexts.BytesMax)));

    private byte[] TextOf(RowMetrics metrics)
    {
        if (_texts.TryGetValue(metrics, out var text))
        {
            return text;
        }

        _scratch.Clear();
        _scratch.AppendNext(metrics.ParetoDistance);
        _scratch.AppendNext(metrics.NashDistance);
        _scratch.AppendNext(metrics.KalaiDistance);
        _scratch.AppendNext(metrics.ModifiedKalaiDistance);
        _scratch.AppendNext(metrics.KalaiSmorodinskyDistance);
        _scratch.AppendNext(metrics.ModifiedKalaiSmorodinskyDistance);
        _scratch.AppendNext(metrics.MaxWelfareDistance);
        _scratch.AppendNext(metrics.ParetoOptimality);
        _scratch.AppendNext(metrics.NashOptimality);
        _scratch.AppendNext(metrics.KalaiOptimality);
        _scratch.AppendNext(metrics.ModifiedKalaiOptimality);
        _scratch.AppendNext(metrics.KalaiSmorodinskyOptimality);
        _scratch.AppendNext(metrics.ModifiedKalaiSmorodinskyOptimality);
        _scratch.AppendNext(metrics.MaxWelfareOptimality);
        text = _scratch.Written.ToArray();
        if (_texts.Count >= TextsMax)
        {
            _texts.Clear();
        }

        _texts.Add(metrics, text);
        return text;
    }
}
