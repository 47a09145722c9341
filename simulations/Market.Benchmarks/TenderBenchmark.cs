using System.Diagnostics;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Silo;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Benchmarks;

/// <summary>
/// One tender with 1,000 sellers in a market over SQLite: from its opening until all bids are durable, from the end of
/// its window until every seller and the buyer has the reveal, and the bytes of it all.
/// </summary>
public sealed class TenderBenchmark : IBenchmark
{
    private static readonly Agenda Agenda = new(Currency.Usd, [Issue.UnitPrice(1, 20_000)]);

    /// <inheritdoc/>
    public string Name => "tender";

    /// <inheritdoc/>
    public string Description => "One tender with 1,000 sellers, from request to reveal.";

    /// <inheritdoc/>
    public async Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var sellers = quick ? 100 : 1_000;
        var runs = quick ? 1 : 5;
        using var folder = new JournalBenchmarkFolder();
        await using var engine = await MarketEngine.OpenAsync(
            new MarketSiloOptions { DataFolder = folder.Path }, NullLogger.Instance, cancellationToken);
        var total = Stopwatch.StartNew();
        var measured = new List<Run>();
        for (var i = 0; i <= runs; i++)
        {
            var run = await RunAsync(engine, sellers, cancellationToken);
            if (i > 0)
            {
                measured.Add(run);
            }
        }

        var seconds = total.Elapsed.TotalSeconds;
        Report($"{sellers:N0} sealed bids durable, median", run => run.Bidding, "ms");
        Report($"window's end to reveal at all {sellers:N0}, median", run => run.Revealing, "ms");
        Report($"request to reveal less the window, {sellers:N0}, median", run => run.Bidding + run.Revealing, "ms");
        Report($"bytes of the tender's rows a bid, {sellers:N0}", run => (double)run.Bytes / sellers, "B");

        void Report(string figure, Func<Run, double> value, string unit) => report(FigureResult.Absolute(
            figure, measured.Select(value).Order().ElementAt(measured.Count / 2), unit, null, seconds));
    }

    private static async Task<Run> RunAsync(MarketEngine engine, int sellers, CancellationToken cancellationToken)
    {
        // The window is longer than the bids take, and what is left of it is not counted.
        var opening = Opening(TimeSpan.FromSeconds(5));
        var counter = new RowCounter(engine.Journal);
        var started = Stopwatch.GetTimestamp();
        await engine.Cluster.AskAsync(GrainId.Of(opening.Tender), opening, cancellationToken);
        await Task.WhenAll(Enumerable.Range(0, sellers).Select(seller => engine.Cluster.AskAsync(
            GrainId.Of(opening.Tender), Bid(opening.Tender, seller), cancellationToken).AsTask()));
        var bidding = Stopwatch.GetElapsedTime(started);

        var reveals = Enumerable.Range(1, sellers + 1)
            .Select(agent => SeenAsync(engine, new AgentNumber(agent), counter.First, cancellationToken)).ToArray();
        var view = (TenderView)await engine.Cluster.AskAsync(
            GrainId.Of(opening.Tender), new AskTender(new AgentNumber(1), new GetTender(opening.Tender)),
            cancellationToken);
        await Task.WhenAll(reveals);
        var revealing = TimeProvider.System.GetUtcNow() - view.Call.EndsAt.ToUtc();
        return new Run(bidding.TotalMilliseconds, revealing.TotalMilliseconds, counter.Bytes);
    }

    private static async Task SeenAsync(
        MarketEngine engine, AgentNumber agent, long after, CancellationToken cancellationToken)
    {
        await foreach (var row in engine.Cluster.SubscribeAsync(agent, after, cancellationToken))
        {
            if (row.Audience.IsWholeGroup)
            {
                return;
            }
        }
    }

    private static OpenTenderCommand Opening(TimeSpan window)
    {
        var buyer = new Participant(new AgentNumber(1), new PrincipalNumber(1), null);
        var request = new Request(
            new RequestId(Guid.CreateVersion7()), buyer.Agent, buyer.Principal,
            new RequestDraft("Espresso machine", "For the office.", Quantity: 1));
        return new OpenTenderCommand(
            NewMessage(), default, new TenderId(Guid.CreateVersion7()), buyer, request, window, [],
            new NegotiationRules(Protocol.Bilateral, 10, TimeSpan.FromMinutes(30), 100, SignaturesRequired: false),
            Hash256.Of(Guid.NewGuid().ToByteArray()), null);
    }

    private static PerformTenderAct Bid(TenderId tender, int seller)
    {
        var agent = new AgentNumber(seller + 2);
        var listing = new ListingId(Guid.CreateVersion7());
        var act = new SubmitBid(
            NewMessage(), tender, listing, 1, [new OrderLine(0, 1)],
            ProposedOffer.Firm(Agenda.TermsOf(Outcome.Of(6_000 + (seller % 100)))),
            Hash256.Of(Guid.NewGuid().ToByteArray()));
        return new PerformTenderAct(
            agent, act, default, null, new Participant(agent, new PrincipalNumber(seller + 2), null),
            new Subject(listing, 1, null, [new OrderLine(0, 1)], Agenda, null, "kitchen"));
    }

    private static MessageId NewMessage() => new(Guid.CreateVersion7());

    private sealed record Run(double Bidding, double Revealing, long Bytes);

    /// <summary>Counts the bytes of the rows that follow.</summary>
    private sealed class RowCounter : ICommitObserver
    {
        private long _bytes;

        public RowCounter(IJournal journal)
        {
            First = journal.Head;
            journal.Observe(this);
        }

        public long First { get; }

        public long Bytes => Volatile.Read(ref _bytes);

        public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
        {
            foreach (var append in appends)
            {
                Interlocked.Add(ref _bytes, append.Row.Body.Length);
            }
        }
    }
}
