using System.Diagnostics;
using System.Text.Json;
using Market.Testing;

namespace Market.Chaos.Timing;

/// <summary>
/// Whether the other side can tell, by how long its answers take, in which of two worlds it lives that differ in one
/// side's private things alone (INV-20). Each trial takes one time of each world, in an order drawn by a coin. A
/// control beside it has a leak planted, a few microseconds in one world, which the same test must find: without it a
/// high p would say nothing.
/// </summary>
internal static class TimingRun
{
    private const int Permutations = 10_000;
    private const int WarmUp = 300;
    private const double LeakMicroseconds = 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Measures and prints.</summary>
    /// <returns>0 where no world can be told from the other and every planted leak is found, else 1.</returns>
    public static async Task<int> RunAsync(int trials, int seed, bool json, CancellationToken cancellation)
    {
        var random = new Random(seed);
        var measures = new List<TimingMeasure>();
        await MeasureAcceptedAsync(measures, trials, random, cancellation);
        await MeasureFailedAsync(measures, trials, random, cancellation);
        foreach (var measure in measures)
        {
            Console.WriteLine(json ? JsonOf(measure, trials, seed) : TextOf(measure));
        }

        if (!json)
        {
            Console.WriteLine($"{trials:N0} trials, {Permutations:N0} permutations, seed {seed}");
        }

        return measures.TrueForAll(static measure => measure.IsAsItShouldBe) ? 0 : 1;
    }

    /// <summary>The owner's limits are just enough in one world, ample in the other; all its acts are taken.</summary>
    private static async Task MeasureAcceptedAsync(
        List<TimingMeasure> measures, int trials, Random random, CancellationToken cancellation)
    {
        const string Worlds = "limits and balance: ample, just enough";
        await using var market = await TimedMarket.OpenAsync(refusesEarly: true, random);
        var ample = await market.AddBuyerAsync(2, 1_000_000_000_00, 1_000_000_00, 100_000_000_000_00);
        var tight = await market.AddBuyerAsync(3, 60_00L * (2 * trials + 2 * WarmUp), 60_00, 10_000_000_000_00);
        measures.Add(await CompareAsync(
            "answer to a counteroffer", Worlds, false, trials, random,
            isSecond => market.TimeCounterofferAsync(isSecond ? tight : ample, null), cancellation));
        measures.Add(await CompareAsync(
            "answer to a counteroffer", Worlds, true, trials, random,
            isSecond => market.TimeCounterofferAsync(isSecond ? tight : ample, isSecond ? Leak : null), cancellation));
        measures.Add(await CompareAsync(
            "answer to an accept", Worlds, false, trials, random,
            async isSecond => (await market.TimeAcceptAsync(isSecond ? tight : ample, null)).Answer, cancellation));
    }

    /// <summary>The owner's deals fail in both worlds, in each for another cause.</summary>
    private static async Task MeasureFailedAsync(
        List<TimingMeasure> measures, int trials, Random random, CancellationToken cancellation)
    {
        const string Worlds = "a deal that fails: for want of funds, by its mandate";
        await using var market = await TimedMarket.OpenAsync(refusesEarly: false, random);
        var poor = await market.AddBuyerAsync(2, 1, 1_000_000_00, 100_000_000_000_00);
        var bound = await market.AddBuyerAsync(3, 1_000_000_000_00, 59_99, 100_000_000_000_00);
        measures.Add(await CompareAsync(
            "answer to an accept", Worlds, false, trials, random,
            async isSecond => (await market.TimeAcceptAsync(isSecond ? bound : poor, null)).Answer, cancellation));
        measures.Add(await CompareAsync(
            "accept to the end of the deal", Worlds, false, trials, random,
            async isSecond => (await market.TimeAcceptAsync(isSecond ? bound : poor, null)).End, cancellation));
        measures.Add(await CompareAsync(
            "accept to the end of the deal", Worlds, true, trials, random,
            async isSecond => (await market.TimeAcceptAsync(isSecond ? bound : poor, isSecond ? Leak : null)).End,
            cancellation));
    }

    private static async Task<TimingMeasure> CompareAsync(
        string measure,
        string worlds,
        bool isControl,
        int trials,
        Random random,
        Func<bool, Task<double>> time,
        CancellationToken cancellation)
    {
        var (first, second) = (new List<double>(trials), new List<double>(trials));
        for (var trial = -WarmUp; trial < trials; trial++)
        {
            cancellation.ThrowIfCancellationRequested();
            var secondComesFirst = random.Next(2) == 0;
            var earlier = await time(secondComesFirst);
            var later = await time(!secondComesFirst);
            if (trial >= 0)
            {
                first.Add(secondComesFirst ? later : earlier);
                second.Add(secondComesFirst ? earlier : later);
            }
        }

        return new TimingMeasure(
            measure, worlds, isControl, PermutationTest.Of(first, second, Permutations, random));
    }

    /// <summary>A leak as a careless look-up would be: the thread is busy for a few microseconds.</summary>
    private static void Leak()
    {
        var until = Stopwatch.GetTimestamp() + (long)(LeakMicroseconds * Stopwatch.Frequency / 1_000_000);
        while (Stopwatch.GetTimestamp() < until)
        {
        }
    }

    private static string TextOf(TimingMeasure one)
    {
        var verdict = one.IsToldApart ? "told apart" : "not told apart";
        var control = one.IsControl ? $" (control: {LeakMicroseconds} µs planted)" : "";
        return
            $"{one.Measure}{control}; {one.Worlds}\n" +
            $"  difference of means {one.Test.MeanDifference:F3} µs, p = {one.Test.MeanP:F4}; " +
            $"of medians {one.Test.MedianDifference:F3} µs, p = {one.Test.MedianP:F4}: {verdict}";
    }

    private static string JsonOf(TimingMeasure one, int trials, int seed) => JsonSerializer.Serialize(
        new
        {
            one.Measure,
            one.Worlds,
            Control = one.IsControl,
            Trials = trials,
            Permutations,
            Seed = seed,
            MeanDifferenceMicroseconds = one.Test.MeanDifference,
            one.Test.MeanP,
            MedianDifferenceMicroseconds = one.Test.MedianDifference,
            one.Test.MedianP,
            ToldApart = one.IsToldApart,
        },
        Json);
}
