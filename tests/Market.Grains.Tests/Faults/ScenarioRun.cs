using Market.Domain.Auditing;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Testing.Faults;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Faults;

/// <summary>
/// Runs the scenario over a journal that fails once. Whoever does not know what became of a step asks it again, of a
/// market that was started anew where the process had ended; after each step time passes, so that what was told in
/// vain is told again.
/// </summary>
internal sealed class ScenarioRun(FaultPlan plan) : IAsyncDisposable
{
    private const int AttemptsMax = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly MemoryJournal _beneath = new();
    private readonly ManualClock _clock = new();
    private FaultJournal _journal = null!;
    private InProcessMarket? _market;

    public ClientHistory History { get; } = new();

    public InProcessMarket Market => _market!;

    public int Restarts { get; private set; }

    /// <summary>Storage calls until the end, or until the stop.</summary>
    public long CallCount { get; private set; }

    /// <summary>Whether the plan's fault was met.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>The entries without their times, which differ where something had to be told again.</summary>
    public IReadOnlyList<string> Entries { get; private set; } = [];

    public async Task RunAsync(StorageFault fault)
    {
        _journal = new FaultJournal(_beneath, plan, EntryHash.Genesis(SettlementScenario.Options.Market));
        await StartAsync();
        foreach (var step in SettlementScenario.Steps)
        {
            for (var attempt = 1; !await TryAsync(step); attempt++)
            {
                Assert.True(attempt < AttemptsMax, "A step stays unknown though nothing fails any more.");
            }
        }

        _journal.Plan = FaultPlan.None;
        CallCount = Math.Max(CallCount, _journal.CallCount);
        HasFailed |= _journal.CountOf(fault) > 0;
        var codec = new WireEventCodec();
        Entries = [.. (await Market.ReplayLedgerAsync()).Entries
            .Select(entry => Convert.ToHexString(codec.Encode(entry with { At = default })))];
    }

    public async ValueTask DisposeAsync()
    {
        if (_market is not null)
        {
            await _market.DisposeAsync();
        }
    }

    private async Task<bool> TryAsync(Step step)
    {
        try
        {
            await step(Market, History);
            await Market.SettleDownAsync();
            await Market.AdvanceAsync(Pause);
            if (!_journal.IsStopped)
            {
                return History.Answers.LastOrDefault()?.Outcome != ClientOutcome.Unknown;
            }
        }
        catch (Exception error) when (error is OutcomeUnknownException or StoreException)
        {
            if (!_journal.IsStopped)
            {
                return false;
            }
        }

        await RestartAsync();
        return false;
    }

    private async Task RestartAsync()
    {
        Restarts++;
        CallCount = _journal.CallCount;
        HasFailed = true;
        await DisposeAsync();
        _journal = new FaultJournal(_beneath);
        await StartAsync();
    }

    private async Task StartAsync()
    {
        var options = SettlementScenario.Options with { Journal = _journal, Clock = _clock };
        try
        {
            _market = await InProcessMarket.StartAsync(options);
        }
        catch (StoreException)
        {
            // The start itself met the fault: the next one is of a process that does not.
            HasFailed = true;
            _journal = _journal.IsStopped ? new FaultJournal(_beneath) : _journal;
            _market = await InProcessMarket.StartAsync(options with { Journal = _journal });
        }
    }
}
