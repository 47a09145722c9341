using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;

namespace Market.Testing;

/// <summary>
/// One tender under test: decides a command at the bench's clock, as an activation would, folds the event in and keeps
/// it. The buyer is <see cref="Some.BuyerAgent"/>; seller n is agent 10 + n, of the principal with that number.
/// </summary>
internal sealed class TenderBench
{
    public static readonly TenderId Tender = new(new Guid("00000000-0000-7000-8000-0000000000f0"));
    public static readonly Hash256 Nonce = Hash256.Of("a nonce"u8);
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly List<TenderEvent> _events = [];
    private int _messages = 1_000;

    public TenderState State { get; } = new(Some.Market);

    public LedgerTime Clock { get; set; } = Some.Noon;

    public IReadOnlyList<TenderEvent> Events => _events;

    /// <summary>A bench on which a tender was opened.</summary>
    public static TenderBench Opened(OpenTenderCommand? opening = null)
    {
        var bench = new TenderBench();
        var decision = bench.Do(opening ?? Opening());
        Assert.True(decision.Refusal is null, $"The opening is refused: {decision.Refusal}.");
        return bench;
    }

    /// <summary>A tender for all sellers, on the issues of their listings, for ten minutes.</summary>
    public static OpenTenderCommand Opening(int message = 1) => new(
        Some.Message(message, Some.Noon),
        Some.Digest(message),
        Tender,
        Some.Buyer,
        Request(),
        Window,
        Invited: [],
        Some.Rules(),
        Nonce,
        FinalRoundOf: null);

    public static Request Request(RequestDraft? draft = null) => new(
        Some.Subject.Request!.Value,
        Some.BuyerAgent,
        Some.Buyer.Principal,
        draft ?? new RequestDraft("A machine for the office", "Any colour.", Quantity: 7));

    public static AgentNumber Seller(int number) => new(10 + number);

    /// <summary>A bid of a seller: what it sends, and what the gateway adds.</summary>
    public static PerformTenderAct Bid(int seller, long unitPrice, int message, TimeSpan? validFor = null)
    {
        var offer = Some.Offer(unitPrice) with { ValidFor = validFor ?? ProposedOffer.DefaultValidity };
        var act = new SubmitBid(
            Some.Message(message, Some.Noon), Tender, ListingOf(seller), 1, [new OrderLine(0, 1)], offer,
            Hash256.Of(BitConverter.GetBytes(message)));
        return new PerformTenderAct(
            Seller(seller),
            act,
            Some.Digest(message),
            Evidence: null,
            new Participant(Seller(seller), new PrincipalNumber(10 + seller), null),
            Some.Subject with { Listing = ListingOf(seller), Request = null });
    }

    public TenderDecision Do(TenderCommand command)
    {
        var decision = TenderMachine.Decide(State, command, LedgerTime.After(State.LastTime, Clock));
        if (decision.Event is { } @event)
        {
            State.Apply(@event);
            _events.Add(@event);
        }

        return decision;
    }

    /// <summary>A bid under the next message id; returns its hash.</summary>
    public Hash256 TakeBid(int seller, long unitPrice, TimeSpan? validFor = null)
    {
        var decision = Do(Bid(seller, unitPrice, ++_messages, validFor));
        Assert.True(decision.Refusal is null, $"The bid is refused: {decision.Refusal}.");
        return ((BidRecorded)decision.Answer!).Bid;
    }

    public TenderDecision Withdraw(int seller) => Act(Seller(seller), message => new WithdrawBid(message, Tender));

    public TenderDecision Choose(params ReadOnlySpan<Hash256> bids)
    {
        var chosen = ValueArray.Create(bids);
        return Act(Some.BuyerAgent, message => new ChooseBids(message, Tender, chosen));
    }

    public TenderDecision Cancel() => Act(Some.BuyerAgent, message => new CancelTender(message, Tender));

    public TenderDecision Close() => Act(Some.BuyerAgent, message => new CloseTender(message, Tender));

    /// <summary>Lets the window end and the tender go on.</summary>
    public TenderRevealed Reveal()
    {
        Clock = State.Call.EndsAt;
        return (TenderRevealed)Do(ContinueTender.Instance).Event!;
    }

    public TenderDecision Act(AgentNumber from, Func<MessageId, TenderAct> act)
    {
        var number = ++_messages;
        return Do(new PerformTenderAct(
            from, act(Some.Message(number, Clock)), Some.Digest(number), Evidence: null, Bidder: null, Subject: null));
    }

    private static ListingId ListingOf(int seller) => new(new Guid(seller, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));
}
