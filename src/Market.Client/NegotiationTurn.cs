using Market.Domain.Negotiating;

namespace Market.Client;

/// <summary>
/// A moment at which the agent is to act, or the end. Its acts rest on the state that it shows: if the negotiation has
/// moved on meanwhile, the market refuses them, and another turn follows.
/// </summary>
public sealed class NegotiationTurn
{
    internal NegotiationTurn(Negotiation negotiation, NegotiationSnapshot state) =>
        (Negotiation, State) = (negotiation, state);

    /// <summary>The negotiation.</summary>
    public Negotiation Negotiation { get; }

    /// <summary>The state to decide on.</summary>
    public NegotiationSnapshot State { get; }

    /// <summary>Whether this is the end and nothing can be done any more.</summary>
    public bool HasEnded => State.HasEnded;

    /// <summary>The counterparty's offer to answer; null where none stands.</summary>
    public Offer? CounterpartyOffer => State.CounterpartyOffer;

    /// <inheritdoc cref="Negotiation.OfferAsync(Outcome, TimeSpan?, CancellationToken)"/>
    public Task<ActRecorded> OfferAsync(
        Outcome outcome, TimeSpan? validFor = null, CancellationToken cancellationToken = default) =>
        OfferAsync(Negotiation.Firm(State, outcome, validFor), cancellationToken);

    /// <inheritdoc cref="Negotiation.OfferAsync(ProposedOffer, CancellationToken)"/>
    public async Task<ActRecorded> OfferAsync(ProposedOffer offer, CancellationToken cancellationToken = default) =>
        (await TryOfferAsync(offer, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <inheritdoc cref="Negotiation.TryOfferAsync(Outcome, TimeSpan?, CancellationToken)"/>
    public Task<ActResult> TryOfferAsync(
        Outcome outcome, TimeSpan? validFor = null, CancellationToken cancellationToken = default) =>
        TryOfferAsync(Negotiation.Firm(State, outcome, validFor), cancellationToken);

    /// <inheritdoc cref="Negotiation.TryOfferAsync(ProposedOffer, CancellationToken)"/>
    public Task<ActResult> TryOfferAsync(ProposedOffer offer, CancellationToken cancellationToken = default) =>
        Negotiation.TryOfferAsync(State, offer, cancellationToken);

    /// <summary>Accepts <see cref="CounterpartyOffer"/>.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    /// <exception cref="InvalidOperationException">There is no such offer.</exception>
    public async Task<ActRecorded> AcceptAsync(CancellationToken cancellationToken = default) =>
        (await TryAcceptAsync(cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>Accepts <see cref="CounterpartyOffer"/>; a refusal is a result.</summary>
    /// <exception cref="InvalidOperationException">There is no such offer.</exception>
    public Task<ActResult> TryAcceptAsync(CancellationToken cancellationToken = default) =>
        TryAcceptAsync(quantity: null, cancellationToken);

    /// <summary>Accepts a part of <see cref="CounterpartyOffer"/>, where it may be accepted in part.</summary>
    /// <param name="quantity">Units, from its <see cref="Offer.PartialFrom"/> to all that it offers.</param>
    /// <param name="cancellationToken">Stops waiting; the market may record the act all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    /// <exception cref="InvalidOperationException">There is no such offer.</exception>
    public async Task<ActRecorded> AcceptAsync(long quantity, CancellationToken cancellationToken = default) =>
        (await TryAcceptAsync(quantity, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>Accepts a part of <see cref="CounterpartyOffer"/>; a refusal is a result.</summary>
    /// <exception cref="InvalidOperationException">There is no such offer.</exception>
    public Task<ActResult> TryAcceptAsync(long quantity, CancellationToken cancellationToken = default) =>
        TryAcceptAsync((long?)quantity, cancellationToken);

    /// <summary>
    /// Accepts <see cref="CounterpartyOffer"/>; where the agent's mandate asks for its principal's approval, asks for
    /// it, waits for the answer, and accepts if the offer still stands. The offer's end stays where it was.
    /// </summary>
    /// <param name="waitsFor">How long the principal has; null for five minutes.</param>
    /// <param name="cancellationToken">Stops waiting; what was sent may count all the same.</param>
    /// <returns>
    /// What became of the accept: <see cref="RefusalCode.ApprovalRequired"/> where the principal denied it or did not
    /// answer.
    /// </returns>
    /// <exception cref="InvalidOperationException">There is no such offer.</exception>
    public Task<ActResult> AcceptWithApprovalAsync(
        TimeSpan? waitsFor = null, CancellationToken cancellationToken = default) => Negotiation.WithApprovalAsync(
            () => TryAcceptAsync(cancellationToken), waitsFor, cancellationToken);

    /// <summary>
    /// Makes an offer; where the agent's mandate asks for its principal's approval of a firm one, asks for it, waits
    /// for the answer, and makes it if it is still its turn. An approved offer may not stand longer than its approval.
    /// </summary>
    /// <param name="offer">The offer.</param>
    /// <param name="waitsFor">How long the principal has; null for five minutes.</param>
    /// <param name="cancellationToken">Stops waiting; what was sent may count all the same.</param>
    /// <returns>What became of the offer.</returns>
    public Task<ActResult> OfferWithApprovalAsync(
        ProposedOffer offer, TimeSpan? waitsFor = null, CancellationToken cancellationToken = default) =>
        Negotiation.WithApprovalAsync(() => TryOfferAsync(offer, cancellationToken), waitsFor, cancellationToken);

    /// <summary>Ends the negotiation: turns the counterparty's offer down where one stands, else leaves.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<ActRecorded> EndAsync(
        ReasonCode reason = ReasonCode.Other, CancellationToken cancellationToken = default) =>
        (await TryEndAsync(reason, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>Ends the negotiation; a refusal is a result.</summary>
    public Task<ActResult> TryEndAsync(
        ReasonCode reason = ReasonCode.Other, CancellationToken cancellationToken = default) =>
        CounterpartyOffer is null
            ? Negotiation.TryLeaveAsync(State, reason, cancellationToken)
            : Negotiation.TryRejectAsync(State, reason, cancellationToken);

    private Task<ActResult> TryAcceptAsync(long? quantity, CancellationToken cancellationToken) =>
        Negotiation.TryAcceptAsync(
            State,
            CounterpartyOffer
                ?? throw new InvalidOperationException("No offer of the counterparty stands to be accepted."),
            quantity,
            cancellationToken);
}
