using System.Buffers.Binary;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests.Support;

/// <summary>A negotiation as the market plays it: the market's own rules decide every act of either side.</summary>
internal sealed class PlayedNegotiation
{
    private static int _count;
    private readonly List<NegotiationEvent> _events = [];
    private readonly int _number = Interlocked.Increment(ref _count);
    private long _now = DateTime.UtcNow.Ticks;

    public NegotiationId Id { get; } = new(Guid.CreateVersion7());

    public NegotiationState State { get; } = new(Some.Market);

    public long Seq => State.Seq;

    public static NegotiationRules Rules(int roundsMax = 10) =>
        new(Protocol.Bilateral, roundsMax, TimeSpan.FromMinutes(10), 100, SignaturesRequired: false);

    /// <summary>Opened by the buyer.</summary>
    public static PlayedNegotiation Opened(
        long? price = null, MessageId? by = null, int roundsMax = 10, Agenda? agenda = null)
    {
        var played = new PlayedNegotiation();
        var order = ValueArray.Create<OrderLine>([new OrderLine(0, 1)]);
        var subject = ListingRules.SubjectOf(Some.Listing, order, request: null);
        subject = subject with { Agenda = agenda ?? subject.Agenda };
        var first = price is { } value ? ProposedOffer.Firm(Some.Agenda.TermsOf(Some.OutcomeOf(value))) : null;
        played.Decide(new OpenNegotiationCommand(
            by ?? NewId(), default, played.Id, Party.Buyer, ParticipantOf(Some.Buyer), ParticipantOf(Some.Seller),
            subject, Rules(roundsMax), first, Evidence: null));
        return played;
    }

    public static MessageId NewId() => new(Guid.CreateVersion7());

    public PlayedNegotiation Offer(Party by, long price)
    {
        var offer = ProposedOffer.Firm(Some.Agenda.TermsOf(Some.OutcomeOf(price)));
        return Perform(by, new MakeOffer(NewId(), Id, Seq, offer));
    }

    public PlayedNegotiation Accept(Party by) =>
        Perform(by, new AcceptOffer(NewId(), Id, Seq, State.Standing!.Number, State.Standing.Hash));

    public PlayedNegotiation Leave(Party by) => Perform(by, new LeaveNegotiation(NewId(), Id, Seq, ReasonCode.Other));

    public PlayedNegotiation Cancel(CancelReason reason)
    {
        Decide(new CancelNegotiation(reason));
        return this;
    }

    public PlayedNegotiation Settle()
    {
        Decide(new ConfirmSettlement(State.Deal!.Value, new SignedReceipt(new byte[] { 1 }, new byte[64], "k1")));
        return this;
    }

    public PlayedNegotiation FailToSettle(SettlementFailure failure)
    {
        Decide(new FailSettlement(State.Deal!.Value, failure));
        return this;
    }

    /// <summary>What the market answers to an act, after which the act has happened.</summary>
    public object AnswerTo(Party by, NegotiationAct act)
    {
        var agent = by == Party.Buyer ? Some.Buyer : Some.Seller;
        var decision = Decide(new PerformAct(agent.Number, act, default, null, default));
        return decision.Refusal is { } refusal ? Refusals.Of(refusal) : decision.Answer!;
    }

    /// <summary>The notice of an event to a side; its cursor is the same whenever it is made.</summary>
    public EventNotice Notice(long seq, Party viewer = Party.Buyer)
    {
        var cursor = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(cursor, _number);
        BinaryPrimitives.WriteInt64BigEndian(cursor.AsSpan(8), seq);
        return new EventNotice(cursor, seq, NegotiationViews.SeenBy(_events[(int)seq - 1], viewer));
    }

    private static Participant ParticipantOf(Market.Domain.Enrolling.Agent agent) =>
        new(agent.Number, agent.Principal, Mandate: null);

    public PlayedNegotiation Perform(Party by, NegotiationAct act)
    {
        Assert.IsType<ActRecorded>(AnswerTo(by, act));
        return this;
    }

    private NegotiationDecision Decide(NegotiationCommand command)
    {
        var decision = NegotiationMachine.Decide(State, command, new LedgerTime(++_now));
        if (decision.Event is { } @event)
        {
            State.Apply(@event);
            _events.Add(@event);
        }

        return decision;
    }
}
