using System.Diagnostics;
using Market.Domain.Approvals;

namespace Market.Domain.Negotiating;

public sealed partial class NegotiationState
{
    /// <summary>Folds one event in. Never refuses: what is journalled has happened.</summary>
    public void Apply(NegotiationEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        Debug.Assert(@event.At > LastTime, "Event times of a stream strictly increase (INV-18).");
        Debug.Assert(!HasEnded, "All ends are final (INV-12).");

        Seq++;
        LastTime = @event.At;
        if (@event is not (InquiryMade or InformationGiven))
        {
            BargainingSeq = Seq;
        }

        Fold(@event);
    }

    private void Fold(NegotiationEvent @event)
    {
        switch (@event)
        {
            case NegotiationOpened opened:
                Begin(opened, opened.OpenedBy, opened.Buyer, opened.Seller, opened.Subject, opened.Rules);
                Status = NegotiationStatus.Invited;
                if (opened.FirstOffer is { } first)
                {
                    Stand(first, opened.Evidence, opened.Approval);
                }

                Remember(opened.Act);
                break;
            case PostedPriceTaken taken:
                Begin(taken, Party.Buyer, taken.Buyer, taken.Seller, taken.Subject, taken.Rules);
                Stand(taken.Offer, null, null);
                Approve(Party.Buyer, taken.Approval);
                Agree(taken.Offer.Terms, taken.Deal, taken.TermsHash);
                Remember(taken.Act);
                break;
            case NegotiationJoined joined:
                Status = NegotiationStatus.Open;
                Remember(joined.Act);
                break;
            case OfferMade made:
                Stand(made.Offer, made.Evidence, made.Approval);
                Remember(made.Act);
                break;
            case OfferWithdrawn withdrawn:
                Turn = Standing!.By;
                ClearStanding();
                Remember(withdrawn.Act);
                break;
            case OfferExpired:
                ClearStanding();
                break;
            case OfferAccepted accepted:
                Approve(Standing!.By, StandingApproval);
                Approve(Standing.By.Counterparty(), accepted.Approval);
                Agree(
                    PartialTerms.Of(Subject.Agenda, Standing!.Terms, accepted.Quantity),
                    accepted.Deal,
                    accepted.TermsHash);
                Remember(accepted.Act);
                break;
            case InquiryMade inquiry:
                Of(inquiry.By).Say(inquiry: Seq);
                Remember(inquiry.Act);
                break;
            case InformationGiven information:
                Of(information.By).Say(inquiry: null);
                Remember(information.Act);
                break;
            default:
                FoldEnd(@event);
                break;
        }
    }

    private void FoldEnd(NegotiationEvent @event)
    {
        switch (@event)
        {
            case NegotiationRejected rejected:
                End(NegotiationStatus.Rejected, rejected.Act);
                break;
            case NegotiationLeft left:
                End(NegotiationStatus.Withdrawn, left.Act);
                break;
            case NegotiationExpired:
                End(NegotiationStatus.Expired, null);
                break;
            case NegotiationCancelled cancelled:
                Cancellation = cancelled.Reason;
                End(NegotiationStatus.Cancelled, cancelled.Act);
                break;
            case DealSettled settled:
                Status = NegotiationStatus.Settled;
                Receipt = settled.Receipt;
                break;
            case DealNotSettled failed:
                Status = NegotiationStatus.SettlementFailed;
                Failure = failed.Failure;
                break;
            default:
                throw new UnreachableException($"No rule folds {@event.GetType().Name}.");
        }
    }

    private void Begin(
        NegotiationEvent @event,
        Party openedBy,
        Participant buyer,
        Participant seller,
        Subject subject,
        NegotiationRules rules)
    {
        Id = @event.Negotiation;
        OpenedBy = openedBy;
        Buyer = buyer;
        Seller = seller;
        Subject = subject;
        Rules = rules;
        Deadline = @event.At + rules.Duration;
    }

    private void Stand(Offer offer, Evidence? evidence, GrantedApproval? approval)
    {
        Standing = offer;
        StandingEvidence = evidence;
        StandingApproval = approval;
        OffersMade++;
        Of(offer.By).Offer(offer);
        if (Of(offer.By).Repetitions == 0)
        {
            Of(offer.By.Counterparty()).SeeMovement();
        }

        Turn = offer.By.Counterparty();
        Status = NegotiationStatus.Negotiating;
    }

    private void Agree(Terms terms, DealId deal, Hash256 termsHash)
    {
        Status = NegotiationStatus.Agreed;
        Agreed = terms;
        Turn = null;
        Deal = deal;
        TermsHash = termsHash;
    }

    private void Approve(Party by, GrantedApproval? approval)
    {
        if (by == Party.Buyer)
        {
            BuyerApproval = approval?.TermsHash;
        }
        else
        {
            SellerApproval = approval?.TermsHash;
        }
    }

    private void End(NegotiationStatus status, ActReference? act)
    {
        Status = status;
        Turn = null;
        ClearStanding();
        Remember(act);
    }

    private void ClearStanding()
    {
        Standing = null;
        StandingEvidence = null;
        StandingApproval = null;
    }

    private void Remember(ActReference? act)
    {
        if (act is not null)
        {
            _acts.Add(new RecordedAct(act.Message, act.Digest, act.By, Seq, LastTime));
        }
    }
}
