using System.Diagnostics;
using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Testing.Hosting;

namespace Market.Chaos.Timing;

/// <summary>
/// A market in this process with one seller and several buyers that differ in private things alone, and a stopwatch
/// for what the seller is answered.
/// </summary>
internal sealed class TimedMarket : IAsyncDisposable, ICommitObserver
{
    private const long Price = 60_00;
    private const int Settled = 410;
    private const int Failed = 411;

    private static readonly Agenda Agenda = new(Currency.Usd, [Issue.UnitPrice(1, 200_00)]);
    private static readonly NegotiationRules Rules =
        new(Protocol.Bilateral, 10, TimeSpan.FromDays(1), FeeBasisPoints: 100, SignaturesRequired: false);

    private readonly InProcessMarket _market;
    private readonly Participant _seller = new(new AgentNumber(1), new PrincipalNumber(1), null);
    private readonly ListingId _listing = new(new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5));
    private readonly Random _random;
    private volatile TaskCompletionSource<long>? _end;

    private TimedMarket(InProcessMarket market, Random random) => (_market, _random) = (market, random);

    /// <summary>Opens one.</summary>
    /// <param name="refusesEarly">Whether a buyer is refused at once what its mandate forbids.</param>
    /// <param name="random">Draws ids.</param>
    public static async Task<TimedMarket> OpenAsync(bool refusesEarly, Random random)
    {
        Domain.Wire.WireCatalog.Register(typeof(MarketGrains).Assembly);
        var market = await InProcessMarket.StartAsync(new InProcessMarketOptions { Watches = refusesEarly });
        var timed = new TimedMarket(market, random);
        market.Journal.Observe(timed);
        await timed.LedgerDoesAsync(new MintUnits(
            LedgerCommandIds.For("stock", IdOf(0)), timed._listing, timed._seller.Principal, 1_000_000_000));
        return timed;
    }

    /// <summary>Adds a buyer: what it has, and what its mandate lets it do; both in cents.</summary>
    public async Task<Participant> AddBuyerAsync(int number, long balance, long perDealMax, long budgetMax)
    {
        var mandate = new MandateId(IdOf(number));
        var buyer = new Participant(new AgentNumber(number), new PrincipalNumber(number), mandate);
        await LedgerDoesAsync(new Deposit(
            LedgerCommandIds.For("deposit", buyer.Principal), buyer.Principal, new Money(balance, Currency.Usd)));
        await LedgerDoesAsync(new GrantMandate(new Mandate(
            mandate, buyer.Principal, buyer.Agent, Currency.Usd, perDealMax, budgetMax, _market.Now,
            _market.Now + TimeSpan.FromDays(9))));
        return buyer;
    }

    /// <summary>How long the seller waits for the answer to a counteroffer, in microseconds.</summary>
    public async Task<double> TimeCounterofferAsync(Participant buyer, Action? leak)
    {
        var id = await OpenNegotiationAsync(buyer);
        var act = Act(_seller, message => new MakeOffer(message, id, 1, ProposedOffer.Firm(TermsOf(Price + 1))));
        var start = Stopwatch.GetTimestamp();
        leak?.Invoke();
        await RequireRecordedAsync(act);
        var time = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        await RequireRecordedAsync(Act(
            _seller, message => new LeaveNegotiation(message, id, 2, ReasonCode.Other)));
        return time;
    }

    /// <summary>
    /// How long the seller waits for the answer to an accept, and for the end of the deal, in microseconds.
    /// </summary>
    public async Task<(double Answer, double End)> TimeAcceptAsync(Participant buyer, Action? leak)
    {
        var id = await OpenNegotiationAsync(buyer);
        var standing = (StandingOffer)await _market.AskAsync(GrainId.Of(id), new GetStandingOffer(_seller.Agent));
        var act = Act(_seller, message => new AcceptOffer(message, id, 1, 1, standing.Offer!.Hash));
        var end = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _end = end;
        var start = Stopwatch.GetTimestamp();
        leak?.Invoke();
        await RequireRecordedAsync(act);
        var answered = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        var ended = await end.Task;
        return (answered, Stopwatch.GetElapsedTime(start, ended).TotalMicroseconds);
    }

    /// <inheritdoc/>
    public void OnCommitted(ReadOnlySpan<PendingAppend> appends)
    {
        foreach (var append in appends)
        {
            // An array of two, and the event's number as 16 bits.
            if (append.Row.Body.Span is [0x92, 0xCD, var high, var low, ..] && ((high << 8) | low) is Settled or Failed)
            {
                _end?.TrySetResult(Stopwatch.GetTimestamp());
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _market.DisposeAsync();

    private static Guid IdOf(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7);

    private static Terms TermsOf(long price) => Agenda.TermsOf(Outcome.Of(price));

    private async Task<NegotiationId> OpenNegotiationAsync(Participant buyer)
    {
        var id = new NegotiationId(NextId());
        var opening = new OpenNegotiationCommand(
            new MessageId(NextId()), default, id, Party.Buyer, buyer, _seller,
            new Subject(_listing, 1, null, [new OrderLine(0, 1)], Agenda, null), Rules,
            ProposedOffer.Firm(TermsOf(Price)), null);
        return await _market.AskAsync(opening) is ActRecorded
            ? id
            : throw new InvalidOperationException("The opening must be taken in every world.");
    }

    private PerformAct Act(Participant by, Func<MessageId, NegotiationAct> act) =>
        new(by.Agent, act(new MessageId(NextId())), default, null, default);

    private async Task RequireRecordedAsync(PerformAct act)
    {
        if (await _market.AskAsync(act) is not ActRecorded)
        {
            throw new InvalidOperationException($"{act.Act.GetType().Name} must be taken in every world.");
        }
    }

    private async Task LedgerDoesAsync(LedgerCommand command)
    {
        if (await _market.AskAsync(command) is not LedgerDone)
        {
            throw new InvalidOperationException($"The ledger must do {command.GetType().Name}.");
        }
    }

    /// <summary>A UUID of version 7 at the market's time.</summary>
    private Guid NextId()
    {
        Span<byte> id = stackalloc byte[16];
        _random.NextBytes(id);
        var milliseconds = (_market.Now.Ticks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMillisecond;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(id, (int)(milliseconds >> 16));
        System.Buffers.Binary.BinaryPrimitives.WriteInt16BigEndian(id[4..], unchecked((short)milliseconds));
        id[6] = (byte)(0x70 | (id[6] & 0x0F));
        id[8] = (byte)(0x80 | (id[8] & 0x3F));
        return new Guid(id, bigEndian: true);
    }
}
