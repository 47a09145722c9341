using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Settling;
using Market.Domain.Tendering;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Testing.Faults;
using Market.Testing.Hosting;

namespace Market.Grains.Tests.Tendering;

/// <summary>
/// An award in two parts meets one fault at each of its storage calls in turn, and each time ends alike: both deals
/// settled, each once, and every agent told the same (INV-7, INV-8, INV-16; F1, F3, F4, F5).
/// </summary>
public sealed class TenderFaultTests
{
    [Fact]
    public async Task A_need_of_seven_is_awarded_in_two_parts()
    {
        await using var run = new Run(FaultPlan.None);
        await run.PlayAsync();

        var result = await run.ResultAsync();
        Assert.Equal("24000 to agent_2, 34000 to agent_3", result.Deals);
        Assert.Equal((0L, TenderStatus.Closed), (result.NeedLeft, result.Status));
        Assert.Contains(nameof(TenderOpened), result.SeenBy[1]);
        Assert.Equal([nameof(SellerInvited), nameof(TenderClosed), nameof(TenderRevealed)], result.SeenBy[5]);
        Assert.Equal(
            [nameof(BidSubmitted), nameof(SellerInvited), nameof(TenderClosed), nameof(TenderRevealed)],
            result.SeenBy[4]);
    }

    [Theory]
    [InlineData(StorageFault.StopBefore)]
    [InlineData(StorageFault.StopAfter)]
    [InlineData(StorageFault.FailBefore)]
    [InlineData(StorageFault.UnknownAfter)]
    [InlineData(StorageFault.Conflict)]
    public async Task A_fault_at_any_storage_call_changes_nothing_of_the_award(StorageFault fault)
    {
        await using var whole = new Run(FaultPlan.None);
        await whole.PlayAsync();
        var expected = await whole.ResultAsync();

        var failed = 0;
        for (var at = 1L; at <= whole.CallCount; at++)
        {
            await using var run = new Run(FaultPlan.AtCall(at, fault));
            await run.PlayAsync();
            Assert.Equal((at, expected), (at, await run.ResultAsync()));
            failed += run.HasFailed || run.CountOf(fault) > 0 ? 1 : 0;
        }

        Assert.True(failed > 30, $"Only {failed} of {whole.CallCount} runs met the fault.");
    }

    /// <summary>What is left in the end, without the times.</summary>
    private sealed record Result(
        string Deals, long NeedLeft, TenderStatus Status, ValueArray<ValueArray<string>> SeenBy);

    private sealed class Run(FaultPlan plan) : IAsyncDisposable
    {
        private const int AttemptsMax = 20;

        private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

        private readonly MemoryJournal _beneath = new();
        private readonly ManualClock _clock = new();
        private FaultJournal _journal = null!;
        private InProcessMarket? _market;

        public long CallCount { get; private set; }

        public bool HasFailed { get; private set; }

        public int CountOf(StorageFault fault) => _journal.CountOf(fault);

        public async Task PlayAsync()
        {
            _journal = new FaultJournal(_beneath, plan, EntryHash.Genesis(TenderScenario.Options.Market));
            await StartAsync();
            foreach (var step in TenderScenario.Steps)
            {
                for (var attempt = 1; !await TryAsync(step); attempt++)
                {
                    Assert.True(attempt < AttemptsMax, "A step does not succeed though nothing fails any more.");
                }
            }

            CallCount = _journal.CallCount;
            _journal.Plan = FaultPlan.None;
        }

        public async Task<Result> ResultAsync()
        {
            var view = (TenderView)await _market!.AskAsync(
                GrainId.Of(TenderScenario.Tender),
                new AskTender(TenderScenario.Buyer, new GetTender(TenderScenario.Tender)));
            var ledger = await _market.ReplayLedgerAsync();
            var deals = ledger.Entries.OfType<DealBooked>()
                .Select(deal => $"{deal.Total.MinorUnits} to {deal.Seller.Agent}");
            var seen = new List<ValueArray<string>>();
            for (var agent = 0; agent <= 5; agent++)
            {
                seen.Add(await SeenByAsync(new AgentNumber(agent)));
            }

            return new Result(
                string.Join(", ", deals.Order(StringComparer.Ordinal)),
                LedgerQueries.GetBalance(
                    ledger.State, AccountName.Need(new PrincipalNumber(1), TenderScenario.Need.Id)).Available,
                view.Status,
                seen.ToValueArray());
        }

        public async ValueTask DisposeAsync()
        {
            if (_market is not null)
            {
                await _market.DisposeAsync();
            }
        }

        private async Task<bool> TryAsync(Func<InProcessMarket, Task<object>> step)
        {
            try
            {
                var answer = await step(_market!);
                await _market!.SettleDownAsync();
                await _market.AdvanceAsync(Pause);
                if (!_journal.IsStopped)
                {
                    return answer is not (Refused or GrainNotFound);
                }
            }
            catch (Exception error) when (error is OutcomeUnknownException or StoreException)
            {
                HasFailed = true;
                if (!_journal.IsStopped)
                {
                    return false;
                }
            }

            HasFailed = true;
            await DisposeAsync();
            _journal = new FaultJournal(_beneath);
            await StartAsync();
            return false;
        }

        private async Task StartAsync()
        {
            var options = TenderScenario.Options with { Journal = _journal, Clock = _clock };
            try
            {
                _market = await InProcessMarket.StartAsync(options);
            }
            catch (StoreException)
            {
                HasFailed = true;
                _journal = _journal.IsStopped ? new FaultJournal(_beneath) : _journal;
                _market = await InProcessMarket.StartAsync(options with { Journal = _journal });
            }
        }

        /// <summary>The events for an agent in the journal; who is of a group is found here anew.</summary>
        private async Task<ValueArray<string>> SeenByAsync(AgentNumber agent)
        {
            var (codec, groups, seen) = (new WireEventCodec(), new HashSet<long>(), new List<string>());
            foreach (var row in await _beneath.ReadForwardAsync(0, int.MaxValue))
            {
                if (row.Audience.IsJoining && row.Audience.First == agent)
                {
                    groups.Add(row.Stream);
                }

                if (row.Audience.IsWholeGroup ? groups.Contains(row.Stream) : row.Audience.Includes(agent))
                {
                    seen.Add(codec.Decode(row.Body.Span).GetType().Name);
                }
            }

            // The order of two streams' events may differ where one had to be told again.
            return seen.Order(StringComparer.Ordinal).ToValueArray();
        }
    }
}
