using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Journaling;

/// <summary>Deadlines become messages, at their moment and again until they are answered (INV-21).</summary>
public sealed class DeadlineSweeperTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new ManualClock().GetUtcNow();

    private readonly ManualClock _time = new();
    private readonly MemoryJournal _journal = new();
    private readonly RecordingCluster _cluster = new();
    private readonly List<Exception> _errors = [];
    private readonly GrainId _grain = TestStream.NewGrain();
    private DeadlineSweeper _sweeper = null!;
    private TestStream _stream = null!;

    public async Task InitializeAsync()
    {
        _sweeper = new DeadlineSweeper(_journal, _cluster, _time, _errors.Add);
        await _sweeper.StartAsync();
        _stream = await TestStream.OpenAsync(_journal, _grain);
        Advance(0.01);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _sweeper.DisposeAsync();
        await _journal.DisposeAsync();
        Assert.Empty(_errors);
    }

    [Fact]
    public void A_grain_is_told_when_its_deadline_comes_and_not_before()
    {
        Arm(0.3);

        Advance(0.28);
        Assert.Empty(_cluster.TakeTold());
        Advance(0.03);
        Assert.Equal([_grain], _cluster.TakeTold());
    }

    [Fact]
    public void It_is_told_again_every_retry_interval_until_a_row_disarms_it()
    {
        Arm(60);
        Advance(61);
        Assert.Single(_cluster.TakeTold());
        Advance(2);
        Assert.Single(_cluster.TakeTold());
        Advance(6);
        Assert.Equal(3, _cluster.TakeTold().Count);

        _stream.Append();
        Advance(600);
        Assert.Empty(_cluster.TakeTold());
        Assert.Equal((0, 0), (_sweeper.Deadlines.Count, _sweeper.Deadlines.QueueLength));
    }

    [Fact]
    public void A_deadline_that_moves_later_is_told_of_at_the_later_moment_alone()
    {
        Arm(10);
        Arm(20);
        Arm(30);

        Advance(29);
        Assert.Empty(_cluster.TakeTold());
        Advance(1.5);
        Assert.Single(_cluster.TakeTold());
    }

    [Fact]
    public void A_deadline_that_moves_earlier_is_told_of_at_the_earlier_moment()
    {
        Arm(1_000);
        Arm(5);

        Advance(5.5);
        Assert.Single(_cluster.TakeTold());
        Disarm();
        Advance(2_000);
        Assert.Empty(_cluster.TakeTold());
    }

    [Fact]
    public void A_deadline_that_moved_is_not_told_of_twice_as_often()
    {
        Arm(10);
        Arm(5);
        Advance(20);
        _cluster.TakeTold();

        Advance(2);
        Assert.Single(_cluster.TakeTold());
    }

    [Fact]
    public void An_answer_that_arms_the_next_deadline_ends_the_telling_until_then()
    {
        Arm(5);
        Advance(5.5);
        Arm(100);
        Assert.Single(_cluster.TakeTold());

        Advance(90);
        Assert.Empty(_cluster.TakeTold());
        Advance(11);
        Assert.NotEmpty(_cluster.TakeTold());
    }

    [Fact]
    public async Task More_deadlines_than_one_turn_takes_are_all_told()
    {
        var grains = new List<GrainId>();
        for (var i = 0; i < 2_500; i++)
        {
            grains.Add(TestStream.NewGrain());
            var stream = await TestStream.OpenAsync(_journal, grains[^1]);
            stream.Append(dueAt: At(1 + (i / 10_000.0)));
        }

        Advance(2);
        Assert.Equal(grains, _cluster.TakeTold());
    }

    [Fact]
    public void The_queue_stays_as_short_as_the_deadlines_are_few()
    {
        for (var i = 0; i < 10_000; i++)
        {
            Arm(100_000 - i);
        }

        Assert.Equal(1, _sweeper.Deadlines.Count);
        Assert.InRange(_sweeper.Deadlines.QueueLength, 1, 100);
    }

    [Fact]
    public async Task A_restart_knows_every_deadline_from_what_was_saved_and_from_the_rows_after_it()
    {
        var second = TestStream.NewGrain();
        Arm(5);
        await _sweeper.DisposeAsync();
        (await TestStream.OpenAsync(_journal, second)).Append(dueAt: At(6));

        _sweeper = new DeadlineSweeper(_journal, _cluster, _time, _errors.Add);
        await _sweeper.StartAsync();
        Assert.Equal((2, 2L), (_sweeper.Deadlines.Count, _sweeper.Deadlines.Position));
        Advance(6.5);
        Assert.Equal([_grain, second], _cluster.TakeTold().Distinct());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public async Task A_saved_state_that_was_altered_is_made_again_from_the_journal(int at)
    {
        Arm(5);
        await _sweeper.DisposeAsync();
        var (position, state) = await _journal.LoadProjectionAsync("deadlines");
        var altered = state.ToArray();
        altered[at] ^= 1;
        await _journal.SaveProjectionAsync("deadlines", position, altered);

        _sweeper = new DeadlineSweeper(_journal, _cluster, _time, _errors.Add);
        await _sweeper.StartAsync();
        Assert.Equal(At(5), _sweeper.Deadlines.Earliest);
    }

    private void Arm(double seconds) => _stream.Append(dueAt: At(seconds));

    private void Disarm() => _stream.Append();

    private static LedgerTime At(double seconds) => LedgerTime.FromUtc(Start.AddSeconds(seconds));

    private void Advance(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
