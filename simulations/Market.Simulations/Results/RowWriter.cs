using System.Runtime.CompilerServices;
using System.Text;

namespace Market.Simulations.Results;

/// <summary>
/// Writes lines of negotiations.csv. Negotiations that agree on the same outcome share one object of metrics; its text
/// is made once. Not thread-safe: a worker has its own.
/// </summary>
/// <param name="partiesMax">Parties of the run's largest negotiation: every row has columns for so many.</param>
internal sealed class RowWriter(int partiesMax)
{
    private const int TextsMax = 10_000; // a worker keeps at most about 3 MB of them
    private readonly Dictionary<RowMetrics, byte[]> _texts = new(ReferenceEqualityComparer.Instance);
    private readonly Utf8Buffer _scratch = new();
    private readonly NumberTexts _numbers = new();

    /// <summary>The first line.</summary>
    public byte[] Header => Encoding.UTF8.GetBytes(string.Join(',', RowColumns.Names(partiesMax)) + "\n");

    /// <summary>Appends a row and its line's end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled once: a short run cannot wait for tiers
    public void Write(NegotiationRow row, Utf8Buffer to)
    {
        to.Append(row.Number);
        to.AppendNext(row.Scenario);
        to.AppendNext(row.Rotation);
        to.AppendNext(row.Repetition);
        to.Append(_numbers.Next(row.Value));
        to.Append(',');
        to.Append(row.Seed);
        to.AppendNext(row.RoundsMax);
        to.AppendNext(row.End);
        to.AppendNext(row.Rounds);
        to.AppendNext(row.Offers);
        to.AppendNext(row.Agreement);
        to.Append(_numbers.Next(row.Welfare));
        to.Append(TextOf(row.Metrics));
        to.Append(_numbers.Next(row.SurplusSplit));
        to.Append(_numbers.Next(row.SurplusMoney));
        to.Append(_numbers.Next(row.SurplusSplitMoney));
        to.AppendNext(row.Anomalies);
        to.AppendNext(row.Failure);
        to.AppendNext(row.Digest);
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
        to.AppendNext(party.Strategy);
        to.AppendNext(party.Profile);
        to.Append(_numbers.Next(party.Utility));
        to.Append(_numbers.Next(party.Discounted));
        to.Append(_numbers.Next(party.Advantage));
        to.Append(_numbers.Next(party.Fortunate));
        to.Append(_numbers.Next(party.Selfish));
        to.Append(_numbers.Next(party.Concession));
        to.Append(_numbers.Next(party.Nice));
        to.Append(_numbers.Next(party.Silent));
        to.Append(_numbers.Next(party.Unfortunate));
        to.Append(_numbers.Next(party.ModelRmse));
        to.Append(_numbers.Next(party.ModelSpearman));
        to.Append(_numbers.Next(party.ModelKendall));
    }

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
