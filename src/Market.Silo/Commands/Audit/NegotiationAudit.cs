using System.Runtime.CompilerServices;
using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// One live negotiation, followed row by row with rules of its own: whose turn it is, what stands, and that what was
/// accepted stood (INV-9, INV-12).
/// </summary>
internal sealed partial class NegotiationAudit(NegotiationId id, AuditContext context)
{
    private Party? _turn;
    private Party _openedBy;
    private Offer? _standing;
    private Evidence? _standingEvidence;
    private ActReference? _standingAct;
    private GrantedApproval? _standingApproval;
    private Moment _standingSince;
    private int _offersMade;
    private bool _isInvited;
    private Moment _deadline;
    private DealId? _deal;

    public Participant Buyer { get; private set; } = null!;

    public Participant Seller { get; private set; } = null!;

    public Subject Subject { get; private set; } = null!;

    public NegotiationRules Rules { get; private set; } = null!;

    /// <summary>The deal, once there is one.</summary>
    public DealId? Deal => _deal;

    /// <summary>Follows one event. What is wrong is reported; the event is followed all the same.</summary>
    /// <returns>Whether the negotiation goes on.</returns>
    public bool Take(NegotiationFact @event, StoredRow row)
    {
        var isOpening = @event is NegotiationOpened or PostedPriceTaken;
        if (isOpening != (row.Version == 1))
        {
            context.Findings.Add(row, $"{@event.GetType().Name} cannot be version {row.Version} of a negotiation.");
            return true;
        }

        if (_deal is not null && @event is not (DealSettled or DealNotSettled))
        {
            context.Findings.Add(row, $"{@event.GetType().Name} follows an agreement.");
        }

        Follow(@event, row);
        return @event is not (
            NegotiationRejected or NegotiationLeft or NegotiationExpired or NegotiationCancelled or DealSettled
            or DealNotSettled);
    }

    private void Follow(NegotiationFact @event, StoredRow row)
    {
        switch (@event)
        {
            case NegotiationOpened opened:
                Open(opened, row);
                break;
            case PostedPriceTaken taken:
                Buy(taken, row);
                break;
            case NegotiationJoined joined:
                Require(row, _isInvited && joined.Act?.By != _openedBy, "Nobody was invited to join.");
                break;
            case OfferMade made:
                MakeOffer(made, row);
                break;
            case OfferWithdrawn withdrawn:
                Withdraw(withdrawn, row);
                break;
            case OfferExpired expired:
                Expire(expired, row);
                break;
            case OfferAccepted accepted:
                Accept(accepted, row);
                break;
            case NegotiationRejected rejected:
                Require(
                    row, Stands(rejected.OfferNumber) && _standing!.By != rejected.By,
                    "What it rejects is no standing offer of the other side.");
                break;
            case NegotiationExpired:
                Require(row, @event.At >= _deadline, $"It expired before its deadline {_deadline}.");
                break;
            case NegotiationCancelled cancelled:
                Cancel(cancelled, row);
                break;
            case InquiryMade inquiry:
                Inquire(inquiry, row);
                break;
            case InformationGiven information:
                Inform(information, row);
                break;
            case DealSettled settled:
                context.Deals.Settle(settled, row, _deal);
                break;
            case DealNotSettled failed:
                context.Deals.Fail(failed, row, _deal);
                break;
            default:
                Require(row, @event is NegotiationLeft, $"No rule follows a {@event.GetType().Name}.");
                break;
        }
    }

    private void Open(NegotiationOpened opened, StoredRow row)
    {
        Begin(opened, opened.Buyer, opened.Seller, opened.Subject, opened.Rules, row);
        _openedBy = opened.OpenedBy;
        _isInvited = opened.FirstOffer is null;
        if (opened.FirstOffer is { } first)
        {
            Stand(first, opened.Evidence, opened.Act, opened.OpenedBy, opened.At, row);
            Approve(opened.Approval, opened.OpenedBy, opened.At, first.ValidUntil, row);
        }
    }

    private void Buy(PostedPriceTaken taken, StoredRow row)
    {
        Begin(taken, taken.Buyer, taken.Seller, taken.Subject, taken.Rules, row);
        var offer = taken.Offer;
        Require(
            row, taken.Subject.Posted is { } posted && posted == offer.Terms,
            "The terms that were taken are not the posted ones.");
        Stand(offer, null, null, Party.Seller, taken.At, row);
        Approve(null, Party.Seller, taken.At, taken.At, row);
        CheckApproval(taken.Approval, Party.Buyer, offer.Terms, taken.At, taken.At, row);
        Agree(offer.Terms, taken.Deal, taken.TermsHash, taken.Approval, row);
        context.Evidence.CheckOpening(this, taken.Act, offer, taken.Evidence, taken.At, row);
    }

    private void Begin(
        NegotiationFact @event, Participant buyer, Participant seller, Subject subject, NegotiationRules rules,
        StoredRow row)
    {
        Buyer = buyer;
        Seller = seller;
        Subject = subject;
        Rules = rules;
        _deadline = @event.At + rules.Duration;
        Require(row, buyer.Principal != seller.Principal, "Buyer and seller are one principal.");
    }

    private void MakeOffer(OfferMade made, StoredRow row)
    {
        Require(row, made.At < _deadline, $"It was made after the negotiation's deadline {_deadline}.");
        Require(
            row, _standing is null || made.At < _standing.ValidUntil, "An offer that had expired stood until then.");
        Require(row, _offersMade < 2 * (long)Rules.RoundsMax, $"It is more than {Rules.RoundsMax} rounds allow.");
        Require(row, made.Act?.By == made.Offer.By, "Its maker is not who acted.");
        _isInvited = false;
        Stand(made.Offer, made.Evidence, made.Act, _turn ?? made.Offer.By, made.At, row);
        Approve(made.Approval, made.Offer.By, made.At, made.Offer.ValidUntil, row);
    }

    private void Stand(Offer offer, Evidence? evidence, ActReference? act, Party turn, Moment at, StoredRow row)
    {
        Require(row, offer.By == turn, $"It was the {turn}'s turn, and the {offer.By} made an offer.");
        Require(row, offer.Number == row.Version, $"The offer's number is {offer.Number} and should be {row.Version}.");
        // A tender dates its bids at the reveal; a negotiation may open after a bid's end, and then it expires at once.
        Require(
            row, offer.ValidUntil > at || (row.Version == 1 && _openedBy == Party.Seller),
            "The offer ended before it was made.");
        if (AuditedTerms.Check(Subject.Agenda, offer.Terms) is { } wrong)
        {
            context.Findings.Add(row, wrong);
        }

        Bargain(offer, row);
        (_standing, _standingEvidence, _standingAct, _standingSince) = (offer, evidence, act, at);
        _offersMade++;
        _turn = offer.By == Party.Buyer ? Party.Seller : Party.Buyer;
    }

    private void Withdraw(OfferWithdrawn withdrawn, StoredRow row)
    {
        Require(
            row,
            Stands(withdrawn.OfferNumber) && !_standing!.Irrevocable && withdrawn.Act?.By == _standing.By,
            "What it withdraws is no standing, revocable offer of its maker.");
        _turn = _standing?.By ?? _turn;
        _standing = null;
    }

    private void Expire(OfferExpired expired, StoredRow row)
    {
        Require(
            row,
            Stands(expired.OfferNumber) && expired.At >= _standing!.ValidUntil,
            "What it ends is no standing offer whose time was up.");
        _standing = null;
    }

    private void Accept(OfferAccepted accepted, StoredRow row)
    {
        if (!Require(
            row, Stands(accepted.OfferNumber), $"It accepts offer {accepted.OfferNumber}, which did not stand."))
        {
            _deal = accepted.Deal;
            return;
        }

        var offer = _standing!;
        var by = offer.By == Party.Buyer ? Party.Seller : Party.Buyer;
        Require(row, offer.Binding == OfferBinding.Firm, "It accepts an offer that is not firm.");
        Require(row, accepted.At < offer.ValidUntil, $"It accepts an offer that had expired at {offer.ValidUntil}.");
        Require(row, accepted.At < _deadline, $"It comes after the negotiation's deadline {_deadline}.");
        Require(
            row, accepted.OfferHash == offer.Hash,
            $"It names the offer's hash {accepted.OfferHash}, which is {offer.Hash}.");
        Require(row, accepted.Act?.By == by, "It is not the other side's acceptance.");
        var quantity = accepted.Quantity ?? AuditedTerms.QuantityOf(Subject.Agenda, offer.Terms);
        Require(
            row,
            quantity == AuditedTerms.QuantityOf(Subject.Agenda, offer.Terms)
                || (offer.PartialFrom <= quantity && AuditedTerms.IsPart(Subject.Agenda, offer.Terms, quantity)),
            $"It accepts {quantity}, which was not offered.");
        var agreed = AuditedTerms.OfPart(Subject.Agenda, offer.Terms, quantity);
        CheckApproval(accepted.Approval, by, agreed, accepted.At, accepted.At, row);
        Agree(agreed, accepted.Deal, accepted.TermsHash, accepted.Approval, row);

        var maker = offer.By == Party.Buyer ? Buyer.Agent : Seller.Agent;
        var accepter = by == Party.Buyer ? Buyer.Agent : Seller.Agent;
        context.Evidence.CheckOffer(this, id, _standingAct, offer, _standingEvidence, maker, _standingSince, row);
        context.Evidence.CheckAccept(this, id, accepted, accepter, row);
    }

    /// <summary>The approval that an offer's maker brought along, for as long as the offer stands.</summary>
    private void Approve(GrantedApproval? approval, Party by, Moment at, Moment until, StoredRow row)
    {
        _standingApproval = approval;
        CheckApproval(approval, by, _standing!.Terms, at, until, row);
    }

    private void CheckApproval(
        GrantedApproval? approval, Party by, Terms terms, Moment at, Moment until, StoredRow row)
    {
        if (approval is null)
        {
            return;
        }

        context.Approvals.Check(
            approval, id, by == Party.Buyer ? Buyer : Seller,
            AuditedHashes.OfTerms(context.Market, id, Subject, terms),
            new Amount(terms.TotalMinorUnits, Subject.Agenda.Currency), at, until, row);
    }

    private void Agree(
        Terms agreed, DealId deal, Hash32 termsHash, GrantedApproval? accepters, StoredRow row)
    {
        var offer = _standing!;
        var terms = AuditedHashes.OfTerms(context.Market, id, Subject, agreed);
        var offered = AuditedHashes.OfTerms(context.Market, id, Subject, offer.Terms);
        var offerHash = AuditedHashes.OfOffer(offered, offer);
        var expected = AuditedHashes.OfDeal(context.Market, id);
        Require(row, termsHash == terms, $"The terms' hash is {termsHash} and should be {terms}.");
        Require(row, offer.Hash == offerHash, $"The offer's hash is {offer.Hash} and should be {offerHash}.");
        Require(row, deal == expected, $"The deal is {deal} and should be {expected}.");
        _deal = deal;
        var total = new Amount(agreed.TotalMinorUnits, Subject.Agenda.Currency);
        context.Deals.Agree(
            deal,
            new DealAgreement(
                id, terms, Buyer, Seller, total, Rules.FeeBasisPoints, Subject.Listing,
                AuditedTerms.QuantityOf(Subject.Agenda, agreed), Subject.Request,
                (offer.By == Party.Buyer ? _standingApproval : accepters)?.TermsHash,
                (offer.By == Party.Seller ? _standingApproval : accepters)?.TermsHash),
            row);
    }

    private bool Stands(long number) => _standing is { } offer && offer.Number == number;

    private bool Require(
        StoredRow row, bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref FindingText otherwise) =>
        context.Findings.Require(row, holds, ref otherwise);

    private bool Require(StoredRow row, bool holds, string otherwise) =>
        context.Findings.Require(row, holds, otherwise);
}
