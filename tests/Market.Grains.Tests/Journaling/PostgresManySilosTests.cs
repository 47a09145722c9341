using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.TestSupport;

namespace Market.Grains.Tests.Journaling;

/// <summary>Several journals on one database, as the silos of a cluster have it (F2, F5; INV-17).</summary>
public sealed class PostgresManySilosTests : IAsyncLifetime
{
    private PostgresStore? _store;
    private PostgresJournal _one = null!;
    private PostgresJournal _other = null!;

    public async Task InitializeAsync()
    {
        if (PostgresBinaries.MissingReason is null)
        {
            _store = PostgresStore.OnSharedServer();
            _one = await _store.OpenAsync();
            _other = await _store.OpenAsync();
        }
    }

    public async Task DisposeAsync()
    {
        if (_store is not null)
        {
            await _one.DisposeAsync();
            await _other.DisposeAsync();
            _store.Dispose();
        }
    }

    [FactWithPostgres]
    public async Task Observers_of_both_see_one_dense_order_and_each_row_before_its_writer_hears_of_it()
    {
        const int rows = 2_000;
        var observers = new[] { Observe(_one), Observe(_other) };
        var late = 0;

        await Task.WhenAll(
            Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
            {
                var (journal, observer) = worker % 2 == 0 ? (_one, observers[0]) : (_other, observers[1]);
                var stream = await TestStream.OpenAsync(journal);
                var appends = new List<TestAppend>();
                for (var i = 0; i < rows / 6; i++)
                {
                    appends.Add(stream.Append(onCompleted: done =>
                    {
                        if (observer.Last < done.Row.Position)
                        {
                            Interlocked.Increment(ref late);
                        }
                    }));
                    if (i % 50 == 0)
                    {
                        await appends[^1].Outcome; // so that the two take many turns
                    }
                }

                Assert.All(
                    await Task.WhenAll(appends.Select(append => append.Outcome)),
                    outcome => Assert.Equal(AppendOutcome.Appended, outcome));
            })));
        const int total = rows / 6 * 6;
        await Task.WhenAll(observers.Select(observer => observer.WhenSeen(total)));

        var stored = (await _one.ReadForwardAsync(0, total + 1)).Select(row => (row.Position, row.Hash)).ToArray();
        Assert.Equal(Enumerable.Range(1, total).Select(i => (long)i), stored.Select(row => row.Position));
        Assert.Equal(stored, observers[0].Rows);
        Assert.Equal(stored, observers[1].Rows);
        Assert.Equal(0, late);
        Assert.Equal((total, total), (_one.Head, _other.Head));
    }

    [FactWithPostgres]
    public async Task An_idle_silo_is_notified_of_another_ones_rows_with_their_streams_identity()
    {
        await using var idle = await PostgresJournal.OpenAsync(
            _store!.Options with { PollInterval = TimeSpan.FromHours(1) });
        var observer = new IdentityObserver();
        idle.Observe(observer);
        var grain = TestStream.NewGrain();

        // It listens from some moment after its opening on; the poll that goes with that finds what was before.
        await (await TestStream.OpenAsync(_one, grain)).Append().Outcome;
        Assert.Equal(grain, await observer.NextAsync());
        await (await TestStream.OpenAsync(_other, grain, writer: 8)).Append().Outcome;
        Assert.Equal(grain, await observer.NextAsync());
        Assert.Equal(2, idle.Head);
    }

    [FactWithPostgres]
    public async Task Where_no_notification_comes_an_idle_silo_asks()
    {
        await using var idle = await PostgresJournal.OpenAsync(
            _store!.Options with { PollInterval = TimeSpan.FromMilliseconds(20) });
        var observer = Observe(idle);
        var stream = await TestStream.OpenAsync(_one);
        await stream.Append().Outcome;
        await observer.WhenSeen(1);

        _store.Query(
            "INSERT INTO market.event SELECT 2, stream, 2, 9, writer, NULL, 0, 0, body, hash FROM market.event; " +
            "UPDATE market.head SET position = 2");
        await observer.WhenSeen(2);

        Assert.Equal(2, idle.Head);
    }

    [FactWithPostgres]
    public async Task Of_two_silos_that_bring_one_grain_into_being_one_conflicts_and_then_both_find_one_number()
    {
        var grain = TestStream.NewGrain();
        var one = await TestStream.OpenAsync(_one, grain, writer: 1);
        var other = await TestStream.OpenAsync(_other, grain, writer: 2);
        Assert.NotEqual(one.Stream, other.Stream);

        var (first, second) = (one.Append(), other.Append());
        var outcomes = new[] { await first.Outcome, await second.Outcome };

        Assert.Equal([AppendOutcome.Appended, AppendOutcome.Conflict], outcomes.Order());
        var head = await _one.OpenAsync(grain);
        Assert.Equal(head, await _other.OpenAsync(grain));
        Assert.Equal(outcomes[0] == AppendOutcome.Appended ? one.Stream : other.Stream, head.Number);
    }

    [FactWithPostgres]
    public async Task No_two_silos_ever_give_one_number_to_two_streams()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 1_200).Select(
            i => (i % 2 == 0 ? _one : _other).OpenAsync(TestStream.NewGrain()).AsTask()));

        Assert.Equal(opened.Length, opened.Select(head => head.Number).Distinct().Count());
    }

    [TheoryWithPostgres]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_silos_race_one_stream_it_is_one_chain_of_acknowledged_rows(int seed)
    {
        var random = new Random(seed);
        var grain = TestStream.NewGrain();
        var writers = new TestStream?[4];
        var appends = new List<TestAppend>();
        for (var step = 0; step < 200; step++)
        {
            var who = random.Next(writers.Length);
            writers[who] = writers[who] is { } known && random.Next(4) != 0
                ? known
                : await TestStream.OpenAsync(who % 2 == 0 ? _one : _other, grain, writer: step + 1);
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
        var acknowledged = appends.Where((_, i) => outcomes[i] == AppendOutcome.Appended)
            .Select(append => append.Row).OrderBy(row => row.Position).ToArray();
        var rows = await _one.ReadStreamAsync((await _one.OpenAsync(grain)).Number, 0, int.MaxValue);

        Assert.Contains(AppendOutcome.Conflict, outcomes);
        Assert.Equal(
            acknowledged.Select(row => (row.Position, row.Hash)), rows.Select(row => (row.Position, row.Hash)));
        Assert.Equal(Enumerable.Range(1, rows.Count).Select(i => (long)i), rows.Select(row => row.Version));
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(pair.First.Writer, pair.Second.PreviousWriter));
        Assert.True(rows.Count > 40, $"Only {rows.Count} rows got in with seed {seed}.");
    }

    [FactWithPostgres]
    public async Task A_conflict_with_another_silo_neither_fails_nor_lets_through_other_rows_of_its_group()
    {
        var grain = TestStream.NewGrain();
        await (await TestStream.OpenAsync(_one, grain, writer: 1)).Append().Outcome;
        var zombie = await TestStream.OpenAsync(_one, grain, writer: 1);
        var sound = await TestStream.OpenAsync(_one);
        await (await TestStream.OpenAsync(_other, grain, writer: 2)).Append().Outcome;

        var zombies = new List<TestAppend>();
        var sounds = new List<TestAppend>();
        for (var i = 0; i < 50; i++)
        {
            zombies.Add(zombie.Append());
            sounds.Add(sound.Append());
        }

        Assert.All(
            await Task.WhenAll(sounds.Select(append => append.Outcome)),
            outcome => Assert.Equal(AppendOutcome.Appended, outcome));
        Assert.All(
            await Task.WhenAll(zombies.Select(append => append.Outcome)),
            outcome => Assert.Equal(AppendOutcome.Conflict, outcome));
        Assert.Equal(2 + sounds.Count, _one.Head);
    }

    private static OrderObserver Observe(PostgresJournal journal)
    {
        var observer = new OrderObserver();
        journal.Observe(observer);
        return observer;
    }

    private sealed class IdentityObserver : ICommitObserver
    {
        private readonly System.Threading.Channels.Channel<GrainId> _seen =
            System.Threading.Channels.Channel.CreateUnbounded<GrainId>();

        public Task<GrainId> NextAsync() =>
            _seen.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
        {
            foreach (var append in appends)
            {
                Assert.True(_seen.Writer.TryWrite(append.Grain));
            }
        }
    }
}
