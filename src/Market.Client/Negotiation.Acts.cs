using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <content>
/// What the agent does. Each act names the last version that has been seen, so an act that crosses one of the
/// counterparty's is refused and not mistaken. Inside TurnsAsync use the acts of the <see cref="NegotiationTurn"/>:
/// they
/// name the version that was decided on.
/// </content>
public sealed partial class Negotiation
{
    /// <summary>Makes a firm offer, or counters the standing one with it; returns when the state includes it.</summary>
    /// <param name="outcome">A value for every issue of the agenda.</param>
    /// <param name="validFor">How long it stands; null for <see cref="ProposedOffer.DefaultValidity"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the market may record the act all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    /// <exception cref="ArgumentException">The outcome is not of the agenda.</exception>
    public Task<ActRecorded> OfferAsync(
        Outcome outcome, TimeSpan? validFor = null, CancellationToken cancellationToken = default) =>
        OfferAsync(Firm(State, outcome, validFor), cancellationToken);

    /// <summary>
    /// Makes an offer of any kind, or counters the standing one with it; returns when the state includes it.
    /// </summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<ActRecorded> OfferAsync(ProposedOffer offer, CancellationToken cancellationToken = default) =>
        (await TryOfferAsync(offer, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <inheritdoc cref="OfferAsync(Outcome, TimeSpan?, CancellationToken)"/>
    public Task<ActRecorded> CounterAsync(
        Outcome outcome, TimeSpan? validFor = null, CancellationToken cancellationToken = default) =>
        OfferAsync(outcome, validFor, cancellationToken);

    /// <inheritdoc cref="OfferAsync(ProposedOffer, CancellationToken)"/>
    public Task<ActRecorded> CounterAsync(ProposedOffer offer, CancellationToken cancellationToken = default) =>
        OfferAsync(offer, cancellationToken);

    /// <summary>Makes a firm offer of an outcome; a refusal is a result.</summary>
    /// <exception cref="ArgumentException">The outcome is not of the agenda.</exception>
    public Task<ActResult> TryOfferAsync(
        Outcome outcome, TimeSpan? validFor = null, CancellationToken cancellationToken = default)
    {
        var state = State;
        return TryOfferAsync(state, Firm(state, outcome, validFor), cancellationToken);
    }

    /// <summary>Makes an offer; a refusal is a result.</summary>
    public Task<ActResult> TryOfferAsync(ProposedOffer offer, CancellationToken cancellationToken = default) =>
        TryOfferAsync(State, offer, cancellationToken);

    /// <summary>
    /// Accepts an offer that was seen; returns when the state includes it. What follows is settlement.
    /// </summary>
    /// <param name="offer">The counterparty's firm offer; if another stands by now, the market refuses.</param>
    /// <param name="cancellationToken">Stops waiting; the market may record the act all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<ActRecorded> AcceptAsync(Offer offer, CancellationToken cancellationToken = default) =>
        (await TryAcceptAsync(offer, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>
    /// Accepts a part of an offer that was seen and may be accepted in part; returns when the state includes it.
    /// </summary>
    /// <param name="offer">The counterparty's firm offer; if another stands by now, the market refuses.</param>
    /// <param name="quantity">Units, from the offer's <see cref="Offer.PartialFrom"/> to all that it offers.</param>
    /// <param name="cancellationToken">Stops waiting; the market may record the act all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<ActRecorded> AcceptAsync(
        Offer offer, long quantity, CancellationToken cancellationToken = default) =>
        (await TryAcceptAsync(State, offer, quantity, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>Accepts an offer that was seen; a refusal is a result.</summary>
    public Task<ActResult> TryAcceptAsync(Offer offer, CancellationToken cancellationToken = default) =>
        TryAcceptAsync(State, offer, null, cancellationToken);

    /// <summary>Accepts a part of an offer that was seen; a refusal is a result.</summary>
    public Task<ActResult> TryAcceptAsync(
        Offer offer, long quantity, CancellationToken cancellationToken = default) =>
        TryAcceptAsync(State, offer, quantity, cancellationToken);

    /// <summary>Takes back the own standing offer; it is this agent's turn again.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<ActRecorded> WithdrawOfferAsync(CancellationToken cancellationToken = default) =>
        (await TryWithdrawOfferAsync(cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>Takes back the own standing offer; a refusal is a result.</summary>
    public Task<ActResult> TryWithdrawOfferAsync(CancellationToken cancellationToken = default)
    {
        var state = State;
        var act = new WithdrawOffer(_context.NewMessageId(), state.Id, state.Seq, state.Standing?.Number ?? 0);
        return PerformAsync(state, act, false, cancellationToken);
    }

    /// <summary>Turns the counterparty's standing offer down, which ends the negotiation.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<ActRecorded> RejectAsync(
        ReasonCode reason = ReasonCode.Other, CancellationToken cancellationToken = default) =>
        (await TryRejectAsync(State, reason, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>Turns the counterparty's standing offer down; a refusal is a result.</summary>
    public Task<ActResult> TryRejectAsync(
        ReasonCode reason = ReasonCode.Other, CancellationToken cancellationToken = default) =>
        TryRejectAsync(State, reason, cancellationToken);

    /// <summary>Leaves, whoever's turn it is, which ends the negotiation.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<ActRecorded> LeaveAsync(
        ReasonCode reason = ReasonCode.Other, CancellationToken cancellationToken = default) =>
        (await TryLeaveAsync(State, reason, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>
    /// Leaves; a refusal is a result, such as that the negotiation has ended already, by the other side or the market.
    /// </summary>
    public Task<ActResult> TryLeaveAsync(
        ReasonCode reason = ReasonCode.Other, CancellationToken cancellationToken = default) =>
        TryLeaveAsync(State, reason, cancellationToken);

    /// <summary>Takes up an invitation without making an offer yet.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<ActRecorded> JoinAsync(CancellationToken cancellationToken = default) =>
        (await TryJoinAsync(cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>Takes up an invitation without making an offer yet; a refusal is a result.</summary>
    public Task<ActResult> TryJoinAsync(CancellationToken cancellationToken = default)
    {
        var state = State;
        var act = new JoinNegotiation(_context.NewMessageId(), state.Id, state.Seq);
        return PerformAsync(state, act, false, cancellationToken);
    }

    /// <summary>A firm offer of an outcome.</summary>
    internal static ProposedOffer Firm(NegotiationSnapshot state, Outcome outcome, TimeSpan? validFor) =>
        new(state.TermsOf(outcome), OfferBinding.Firm, validFor ?? ProposedOffer.DefaultValidity);

    /// <summary>Makes an offer on the strength of a state that was seen.</summary>
    internal Task<ActResult> TryOfferAsync(
        NegotiationSnapshot seen, ProposedOffer offer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var act = new MakeOffer(_context.NewMessageId(), seen.Id, seen.Seq, offer);
        return PerformAsync(seen, act, offer.Binding == OfferBinding.Firm, cancellationToken);
    }

    /// <summary>Accepts an offer on the strength of a state that was seen.</summary>
    internal Task<ActResult> TryAcceptAsync(
        NegotiationSnapshot seen, Offer offer, long? quantity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(offer);
        var act = new AcceptOffer(_context.NewMessageId(), seen.Id, seen.Seq, offer.Number, offer.Hash, quantity);
        return PerformAsync(seen, act, true, cancellationToken);
    }

    /// <summary>Turns an offer down on the strength of a state that was seen.</summary>
    internal Task<ActResult> TryRejectAsync(
        NegotiationSnapshot seen, ReasonCode reason, CancellationToken cancellationToken)
    {
        var act = new RejectOffer(_context.NewMessageId(), seen.Id, seen.Seq, seen.Standing?.Number ?? 0, reason);
        return PerformAsync(seen, act, false, cancellationToken);
    }

    /// <summary>Leaves; a refusal is a result.</summary>
    internal Task<ActResult> TryLeaveAsync(
        NegotiationSnapshot seen, ReasonCode reason, CancellationToken cancellationToken) => PerformAsync(
            seen, new LeaveNegotiation(_context.NewMessageId(), seen.Id, seen.Seq, reason), false, cancellationToken);

    /// <summary>Acts, with the principal's approval where the mandate asks for it.</summary>
    internal Task<ActResult> WithApprovalAsync(
        Func<Task<ActResult>> act, TimeSpan? waitsFor, CancellationToken cancellationToken) =>
        _context.Approvals.PerformAsync(
            act,
            (message, needed) => new RequestApproval(
                message, Id, waitsFor ?? ProposedOffer.DefaultValidity, needed.OfferNumber, needed.Terms),
            cancellationToken);

    private async Task<ActResult> PerformAsync(
        NegotiationSnapshot seen, NegotiationAct act, bool isBinding, CancellationToken cancellationToken)
    {
        var result = await _context.PerformAsync(act, isBinding, seen.Rules.SignaturesRequired, cancellationToken)
            .ConfigureAwait(false);
        if (result.IsRecorded)
        {
            // Whoever acts sees the state that the act has made: the event may come a little after the answer.
            var seq = result.Recorded.Seq;
            await _state.WaitAsync(s => s.Seq >= seq, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }
}
