using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>An append whose outcome a test awaits.</summary>
internal sealed class TestAppend(GrainId grain, JournalRow row, Action<TestAppend>? onCompleted = null)
    : PendingAppend(grain, row)
{
    private readonly TaskCompletionSource<AppendOutcome> _outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<AppendOutcome> Outcome => _outcome.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public Exception? Error { get; private set; }

    public override void OnCompleted(AppendOutcome outcome, Exception? error)
    {
        Error = error;
        _outcome.SetResult(outcome); // a second call throws: exactly once
        onCompleted?.Invoke(this);
    }
}
