using Market.Domain.Approvals;

namespace Market.Domain.Negotiating;

/// <summary>
/// What each side may see of an event: its own acts and signatures, its own mandate, its own failure; nothing of the
/// other side's (INV-20). A side that sees every event so folds the same state as the market, but for what is private.
/// </summary>
public static class NegotiationViews
{
    /// <summary>An event as a side may see it.</summary>
    public static NegotiationEvent SeenBy(NegotiationEvent @event, Party viewer) => @event switch
    {
        NegotiationOpened e => e with
        {
            Act = Own(e.Act, viewer),
            Evidence = Own(e.Evidence, e.Act, viewer),
            Approval = Own(e.Approval, e.Act, viewer),
            Buyer = Own(e.Buyer, viewer == Party.Buyer),
            Seller = Own(e.Seller, viewer == Party.Seller),
        },
        PostedPriceTaken e => e with
        {
            Act = Own(e.Act, viewer),
            Evidence = Own(e.Evidence, e.Act, viewer),
            Approval = Own(e.Approval, e.Act, viewer),
            Buyer = Own(e.Buyer, viewer == Party.Buyer),
            Seller = Own(e.Seller, viewer == Party.Seller),
        },
        NegotiationJoined e => e with { Act = Own(e.Act, viewer) },
        OfferMade e => e with
        {
            Act = Own(e.Act, viewer),
            Evidence = Own(e.Evidence, e.Act, viewer),
            Approval = Own(e.Approval, e.Act, viewer),
        },
        OfferWithdrawn e => e with { Act = Own(e.Act, viewer) },
        OfferAccepted e => e with
        {
            Act = Own(e.Act, viewer),
            Evidence = Own(e.Evidence, e.Act, viewer),
            Approval = Own(e.Approval, e.Act, viewer),
        },
        NegotiationRejected e => e with { Act = Own(e.Act, viewer) },
        NegotiationLeft e => e with { Act = Own(e.Act, viewer), Reason = ReasonFor(e, viewer) },
        NegotiationCancelled e => e with { Act = Own(e.Act, viewer) },
        InquiryMade e => e with { Act = Own(e.Act, viewer) },
        InformationGiven e => e with { Act = Own(e.Act, viewer) },
        DealNotSettled e => e with { Failure = e.Failure.SeenBy(viewer) },
        _ => @event,
    };

    /// <summary>
    /// The reason of a side that was taken out since its mandate had ended is its own business: the other side sees
    /// that it left, as if by itself and without a reason.
    /// </summary>
    private static ReasonCode ReasonFor(NegotiationLeft left, Party viewer) =>
        left.Act is null && left.By != viewer ? ReasonCode.Other : left.Reason;

    private static ActReference? Own(ActReference? act, Party viewer) => act?.By == viewer ? act : null;

    private static Evidence? Own(Evidence? evidence, ActReference? act, Party viewer) =>
        act?.By == viewer ? evidence : null;

    private static GrantedApproval? Own(GrantedApproval? approval, ActReference? act, Party viewer) =>
        act?.By == viewer ? approval : null;

    private static Participant Own(Participant participant, bool isOwn) =>
        isOwn ? participant : participant with { Mandate = null };
}
