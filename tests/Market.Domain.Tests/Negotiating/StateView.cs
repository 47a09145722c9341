using Market.Domain.Negotiating;

namespace Market.Domain.Tests.Negotiating;

/// <summary>
/// All that a negotiation's state shows, as a value that compares; <c>Shared</c> is what both sides fold alike.
/// </summary>
internal sealed record StateView(StateView.Common Shared, Evidence? StandingEvidence, SettlementFailure? Failure)
{
    public static StateView Of(NegotiationState state) => new(
        new Common(
            state.Id,
            state.Seq,
            state.LastTime,
            state.Status,
            state.OpenedBy,
            state.Turn,
            state.Standing,
            state.OffersMade,
            state.OffersMadeBy(Party.Buyer),
            state.Deadline,
            state.Deal,
            state.TermsHash,
            state.Receipt,
            state.BargainingSeq,
            state.Agreed,
            state.Cancellation,
            (state.MessagesBy(Party.Buyer), state.MessagesBy(Party.Seller)),
            (state.HasMadeFinalOffer(Party.Buyer), state.HasMadeFinalOffer(Party.Seller))),
        state.StandingEvidence,
        state.Failure);

    public sealed record Common(
        NegotiationId Id,
        long Seq,
        LedgerTime LastTime,
        NegotiationStatus Status,
        Party OpenedBy,
        Party? Turn,
        Offer? Standing,
        int OffersMade,
        int OffersMadeByBuyer,
        LedgerTime Deadline,
        DealId? Deal,
        Hash256 TermsHash,
        SignedReceipt? Receipt,
        long BargainingSeq,
        Terms? Agreed,
        CancelReason? Cancellation,
        (int Buyer, int Seller) Messages,
        (bool Buyer, bool Seller) HasMadeFinalOffer);
}
