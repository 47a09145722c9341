using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>
/// Several writers of one stream, each sure to be the only one, in random interleavings (INV-17, F2).
/// </summary>
public abstract class JournalInterleavingConformance
{
    private const int Writers = 3;
    private const int Steps = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_writers_race_the_stream_is_one_chain_of_acknowledged_rows(int seed)
    {
        await using var journal = await OpenJournalAsync();
        var random = new Random(seed);
        var grain = TestStream.NewGrain();
        var writers = new TestStream?[Writers];
        var appends = new List<TestAppend>();
        var nextWriterId = 1L;

        for (var step = 0; step < Steps; step++)
        {
            // A writer appends without waiting, or is replaced by a fresh activation that reads the head of the moment.
            var who = random.Next(Writers);
            writers[who] = writers[who] is { } known && random.Next(4) != 0
                ? known
                : await TestStream.OpenAsync(journal, grain, nextWriterId++);
            for (var burst = random.Next(1, 4); burst > 0; burst--)
            {
                appends.Add(writers[who]!.Append());
            }

            if (random.Next(3) == 0)
            {
                await appends[^1].Outcome;
            }
        }

        var outcomes = await Task.WhenAll(appends.Select(append => append.Outcome));
        var head = await journal.OpenAsync(grain);
        var rows = await journal.ReadStreamAsync(head.Number, 0, int.MaxValue);
        var acknowledged = appends.Where((_, i) => outcomes[i] == AppendOutcome.Appended).Select(append => append.Row);

        Assert.Contains(AppendOutcome.Conflict, outcomes);
        Assert.Equal(acknowledged.Select(row => row.Hash), rows.Select(row => row.Hash));
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(i => (long)i), rows.Select(row => row.Version));
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(pair.First.Writer, pair.Second.PreviousWriter));
        Assert.True(rows.Count > Steps / 4, $"Only {rows.Count} rows got in with seed {seed}.");
    }

    [Fact]
    public async Task Many_threads_append_to_streams_of_their_own_and_nothing_is_lost()
    {
        await using var journal = await OpenJournalAsync();
        const int rows = 500;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var stream = await TestStream.OpenAsync(journal);
            var appends = Enumerable.Range(0, rows).Select(_ => stream.Append()).ToList();
            await Task.WhenAll(appends.Select(append => append.Outcome));
            Assert.Equal(rows, (await journal.ReadStreamAsync(stream.Stream, 0, int.MaxValue)).Count);
        })));

        Assert.Equal(8 * rows, journal.Head);
    }

    protected abstract Task<IJournal> OpenJournalAsync();
}
