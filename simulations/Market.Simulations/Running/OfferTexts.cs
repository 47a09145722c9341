using System.Text;
using Market.Simulations.Results;

namespace Market.Simulations.Running;

/// <summary>
/// Writes lines of offers.csv. What a line says of an outcome (its values, and its utility to each seat) is made into
/// bytes once, and kept for scenarios of a moderate size. Thread-safe.
/// </summary>
/// <param name="bench">The scenario.</param>
internal sealed class OfferTexts(StageBench bench)
{
    private const int KeptMax = 20_000; // texts of some 60 bytes, one for each rotation

    private readonly byte[]?[]?[] _kept = new byte[]?[]?[bench.Scenario.Profiles.Count];

    /// <summary>The first line, for negotiations of up to so many parties.</summary>
    public static byte[] Header(int partiesMax) => Encoding.UTF8.GetBytes(
        "number,round,party,index,outcome,"
        + string.Join(',', Enumerable.Range(1, partiesMax).Select(party => $"utility_{party}")) + "\n");

    /// <summary>Appends the offers of a negotiation.</summary>
    public void Write(in RunPlace place, ReadOnlySpan<int> acts, int partiesMax, Utf8Buffer to)
    {
        var seats = place.Lineup.Count;
        for (var i = 0; i < acts.Length; i++)
        {
            if (acts[i] < 0)
            {
                continue;
            }

            to.Append(place.Number);
            to.AppendNext(i / seats);
            to.AppendNext((i % seats) + 1);
            to.Append(TextOf(acts[i], place.Rotation));
            for (var absent = seats; absent < partiesMax; absent++)
            {
                to.Append(',');
            }

            to.Append('\n');
        }
    }

    private byte[] TextOf(int outcome, int rotation)
    {
        var ranked = bench.Ranked;
        if (ranked[0].Space.Count > KeptMax)
        {
            return MakeText(outcome, rotation);
        }

        // Two workers may make the same text at once; either one is kept.
        var texts = _kept[rotation] ??= new byte[ranked[0].Space.Count][];
        return texts[outcome] ??= MakeText(outcome, rotation);
    }

    private byte[] MakeText(int outcome, int rotation)
    {
        var text = new Utf8Buffer();
        text.AppendNext(outcome);
        text.AppendNext(bench.Scenario.TextOf(bench.Ranked[0].Space[outcome]));
        for (var seat = 0; seat < bench.Ranked.Count; seat++)
        {
            text.AppendNext(bench.Ranked[(seat + rotation) % bench.Ranked.Count].UtilityOf(outcome));
        }

        return text.Written.ToArray();
    }
}
