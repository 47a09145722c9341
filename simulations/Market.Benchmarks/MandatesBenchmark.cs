using System.Diagnostics;
using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Silo;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Benchmarks;

/// <summary>
/// How long open negotiations outlive the mandate that they run under: from the durable answer to a revocation until
/// the last of 1,000 has ended durably, in a market over SQLite; beside it, how long as many leaves take that the
/// agents send themselves, all at once.
/// </summary>
public sealed class MandatesBenchmark : IBenchmark
{
    private static readonly MarketSiloOptions Rules = new();
    private static readonly Participant Seller = new(new AgentNumber(2), new PrincipalNumber(2), null);

    /// <inheritdoc/>
    public string Name => "mandates";

    /// <inheritdoc/>
    public string Description => "From a revocation's answer to the last of 1,000 open negotiations ended.";

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var count = quick ? 100 : 1_000;
        var runs = quick ? 1 : 5;
        using var folder = new JournalBenchmarkFolder();
        await using var engine = await MarketEngine.OpenAsync(
            new MarketSiloOptions { DataFolder = folder.Path }, NullLogger.Instance, cancellationToken);
        var total = Stopwatch.StartNew();
        var (ended, left) = (new List<double>(), new List<double>());
        for (var run = 0; run <= runs; run++)
        {
            var byAgents = await LeaveAsync(engine, await OpenAsync(engine, count), count);
            var byMarket = await RevokeAsync(engine, await OpenAsync(engine, count), count);
            if (run > 0)
            {
                left.Add(byAgents);
                ended.Add(byMarket);
            }
        }

        left.Sort();
        ended.Sort();
        var seconds = total.Elapsed.TotalSeconds;
        report(new FigureResult(
            $"revoked to last of {count:N0} ended, median", ended[runs / 2], "ms", left[runs / 2],
            ended[runs / 2] / left[runs / 2], null, null, seconds));
        report(FigureResult.Absolute(
            $"revoked to last of {count:N0} ended, slowest", ended[^1], "ms", 2_000, seconds, atMost: true));
    }

    private static async Task<double> RevokeAsync(MarketEngine engine, Opened opened, int count)
    {
        var leaves = new LeaveCounter(engine.Journal, count);
        var revoke = new RevokeMandate(opened.Mandate, new PrincipalNumber(1));
        if (await engine.Cluster.AskAsync(GrainId.Ledger, revoke) is not LedgerDone)
        {
            throw new InvalidOperationException("The ledger did not revoke the mandate.");
        }

        var answered = Stopwatch.GetTimestamp();
        await leaves.Done;
        return Stopwatch.GetElapsedTime(answered).TotalMilliseconds;
    }

    private static async Task<double> LeaveAsync(MarketEngine engine, Opened opened, int count)
    {
        var leaves = new LeaveCounter(engine.Journal, count);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(opened.Negotiations.Select(id => engine.Cluster.AskAsync(GrainId.Of(id), new PerformAct(
            new AgentNumber(1),
            new LeaveNegotiation(NewMessage(), id, 1, ReasonCode.Other),
            default, null, default)).AsTask()));
        await leaves.Done;
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>Grants a mandate and opens negotiations under it, each with a firm offer.</summary>
    private static async Task<Opened> OpenAsync(MarketEngine engine, int count)
    {
        var now = LedgerTime.FromUtc(TimeProvider.System.GetUtcNow());
        var mandate = new Mandate(
            new MandateId(Guid.CreateVersion7()), new PrincipalNumber(1), new AgentNumber(1), Currency.Usd,
            10_000, 1_000_000, now + TimeSpan.FromMinutes(-1), now + TimeSpan.FromDays(1));
        await engine.Cluster.AskAsync(GrainId.Ledger, new GrantMandate(mandate));
        var ids = Enumerable.Range(0, count).Select(_ => new NegotiationId(Guid.CreateVersion7())).ToArray();
        await Task.WhenAll(ids.Select(id => engine.Cluster.AskAsync(
            GrainId.Of(id), Opening(id, mandate.Id)).AsTask()));
        return new Opened(mandate.Id, ids);
    }

    private static OpenNegotiationCommand Opening(NegotiationId id, MandateId mandate)
    {
        var agenda = new Agenda(Currency.Usd, [Issue.UnitPrice(1, 20_000)]);
        return new OpenNegotiationCommand(
            NewMessage(), default, id, Party.Buyer,
            new Participant(new AgentNumber(1), new PrincipalNumber(1), mandate), Seller,
            new Subject(new ListingId(Guid.CreateVersion7()), 1, null, [new OrderLine(0, 1)], agenda, null),
            new NegotiationRules(
                Protocol.Bilateral, 10, TimeSpan.FromMinutes(30), Rules.FeeBasisPoints, SignaturesRequired: false),
            ProposedOffer.Firm(agenda.TermsOf(Outcome.Of(6_000))), null);
    }

    private static MessageId NewMessage() => new(Guid.CreateVersion7());

    private sealed record Opened(MandateId Mandate, NegotiationId[] Negotiations);

    /// <summary>Completes when a number of leaves are durable.</summary>
    private sealed class LeaveCounter : ICommitObserver
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left;

        public LeaveCounter(IJournal journal, int count)
        {
            _left = count;
            journal.Observe(this);
        }

        public Task Done => _done.Task;

        public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
        {
            foreach (var append in appends)
            {
                // [408, [...]]: an array of two, and the number as 16 bits.
                if (append.Row.Body.Span is [0x92, 0xCD, 0x01, 0x98, ..] && --_left == 0)
                {
                    _done.TrySetResult();
                }
            }
        }
    }
}
