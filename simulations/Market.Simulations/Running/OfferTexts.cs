using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Market.Simulations.Results;

namespace Market.Simulations.Running;

/// <summary>
/// Writes lines of offers.csv. What a line says of an outcome (its values, and its utility to each seat) is made into
/// bytes once, and kept for scenarios of a moderate size. Thread-safe.
/// </summary>
/// <param name="bench">The scenario.</param>
/// <param name="partiesMax">Parties of the run's largest negotiation: every line has columns for so many.</param>
internal sealed class OfferTexts(StageBench bench, int partiesMax)
{
    private const int KeptMax = 20_000; // texts of some 60 bytes, one for each rotation
    private const int NumbersMax = 48; // number, round and party with their commas: at most 20 + 1 + 11 + 3, rounded up

    private readonly byte[]?[]?[] _kept = new byte[]?[]?[bench.Scenario.Profiles.Count];

    /// <summary>The first line, for negotiations of up to so many parties.</summary>
    public static byte[] Header(int partiesMax) => Encoding.UTF8.GetBytes(
        "number,round,party,index,outcome,"
        + string.Join(',', Enumerable.Range(1, partiesMax).Select(party => $"utility_{party}")) + "\n");

    /// <summary>Appends the offers of a negotiation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled once: a short run cannot wait for tiers
    public void Write(in RunPlace place, ReadOnlySpan<int> acts, Utf8Buffer to)
    {
        var (seats, rotation) = (place.Lineup.Count, place.Rotation);
        var kept = KeptOf(rotation);
        Span<byte> numbers = stackalloc byte[NumbersMax]; // those that a line begins with
        place.Number.TryFormat(numbers, out var negotiation, default, CultureInfo.InvariantCulture);
        numbers[negotiation++] = (byte)',';
        for (int first = 0, round = 0; first < acts.Length; first += seats, round++)
        {
            var length = negotiation + SmallNumbers.Write(round, numbers[negotiation..]);
            var last = Math.Min(acts.Length, first + seats);
            for (var i = first; i < last; i++)
            {
                if (acts[i] < 0)
                {
                    continue;
                }

                var whole = length + SmallNumbers.Write(i - first + 1, numbers[length..]);
                var text = kept is null ? MakeText(acts[i], rotation) : kept[acts[i]] ??= MakeText(acts[i], rotation);
                var line = to.Reserve(NumbersMax + text.Length);
                numbers[..NumbersMax].CopyTo(line); // all of it is a move or two, which the text overwrites the rest of
                text.CopyTo(line[whole..]);
                to.Fill(whole + text.Length);
            }
        }
    }

    // Two workers may make the same texts at once; either one is kept.
    private byte[]?[]? KeptOf(int rotation)
    {
        var count = bench.Ranked[0].Space.Count;
        return count > KeptMax ? null : _kept[rotation] ??= new byte[]?[count];
    }

    /// <summary>The rest of a line, from the number of the outcome to the line's end.</summary>
    private byte[] MakeText(int outcome, int rotation)
    {
        var text = new Utf8Buffer();
        text.Append(outcome);
        text.AppendNext(bench.Scenario.TextOf(bench.Ranked[0].Space[outcome]));
        for (var seat = 0; seat < partiesMax; seat++)
        {
            text.AppendNext(seat < bench.Ranked.Count
                ? bench.Ranked[(seat + rotation) % bench.Ranked.Count].UtilityOf(outcome)
                : null);
        }

        text.Append('\n');
        return text.Written.ToArray();
    }
}
