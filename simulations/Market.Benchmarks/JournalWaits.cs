using System.Diagnostics;
using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Benchmarks;

/// <summary>How long a caller waits from queueing a row until it hears that it is durable.</summary>
internal static class JournalWaits
{
    /// <summary>Callers append one row after the other, each to a stream of its own; the waits, sorted.</summary>
    public static async Task<TimeSpan[]> MeasureAsync(
        IJournal journal, int callers, int rows, int bodyLength, CancellationToken cancellationToken)
    {
        var body = new byte[bodyLength];
        new Random(1).NextBytes(body);
        var waits = await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            var grain = GrainId.Of(new NegotiationId(Guid.CreateVersion7()));
            var stream = (await journal.OpenAsync(grain, cancellationToken)).Number;
            var own = new TimeSpan[rows / callers];
            for (var i = 0; i < own.Length; i++)
            {
                var previous = i == 0 ? 0 : 7;
                var hash = RowHash.Of(Hash256.Zero, stream, i + 1, 7, previous, null, default, body);
                var row = new Row(grain, new JournalRow(0, stream, i + 1, 7, previous, null, default, body, hash));
                var began = Stopwatch.GetTimestamp();
                journal.Append(row);
                await row.Done.WaitAsync(cancellationToken);
                own[i] = Stopwatch.GetElapsedTime(began);
            }

            return own;
        }));
        var all = waits.SelectMany(own => own).ToArray();
        Array.Sort(all);
        return all;
    }

    private sealed class Row(GrainId grain, JournalRow row) : PendingAppend(grain, row)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public override void OnCompleted(AppendOutcome outcome, Exception? error)
        {
            if (outcome == AppendOutcome.Appended)
            {
                _done.SetResult();
            }
            else
            {
                _done.SetException(error ?? new InvalidOperationException($"An append ended {outcome}."));
            }
        }
    }
}
