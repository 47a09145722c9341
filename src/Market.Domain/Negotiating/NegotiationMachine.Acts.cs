using Market.Domain.Approvals;

namespace Market.Domain.Negotiating;

public static partial class NegotiationMachine
{
    private static NegotiationDecision DecideOffer(
        NegotiationState state, Party by, MakeOffer act, PerformAct command, LedgerTime now)
    {
        var refusal =
            !state.IsCurrent(act.ExpectedSeq) ? NegotiationRefusal.SeqIsStale
            : state.Turn is { } turn && turn != by ? NegotiationRefusal.NotYourTurn
            : state.HasMadeFinalOffer(by) ? NegotiationRefusal.FinalOfferMade
            : state.OffersMadeBy(by) >= state.Rules.RoundsMax ? NegotiationRefusal.RoundsAreExhausted
            : RefuseProposal(state.Subject.Agenda, state.Rules, act.Offer, command.Evidence);
        if (refusal is { } reason)
        {
            return NegotiationDecision.Refuse(reason) with
            {
                Fields = OfferProblems.Of(state.Subject.Agenda, act.Offer, reason),
            };
        }

        // From here on nothing may fail.
        if (state.CompletesImpasse(by, act.Offer))
        {
            return Record(state, new NegotiationCancelled(
                now, state.Id, Reference(by, command), CancelReason.Impasse));
        }

        var offer = Dated(state.Market, state.Id, state.Subject, act.Offer, state.Seq + 1, by, now);
        var approval = offer.PartialFrom is not null ? null : Approval(
            state.Market, state.Id, state.Subject, Of(state, by), command.Approval, offer.Terms, now, offer.ValidUntil);
        return Record(state, new OfferMade(now, state.Id, Reference(by, command), offer, command.Evidence, approval));
    }

    private static NegotiationDecision DecideAccept(
        NegotiationState state, Party by, AcceptOffer act, PerformAct command, LedgerTime now)
    {
        var offer = state.Standing;
        var refusal =
            RefuseReference(state, act.OfferNumber)
            ?? (!state.IsCurrent(act.ExpectedSeq) ? NegotiationRefusal.SeqIsStale
            : offer!.By == by ? NegotiationRefusal.OfferIsYourOwn
            : offer.Binding != OfferBinding.Firm ? NegotiationRefusal.OfferIsIndicative
            : offer.Hash != act.OfferHash ? NegotiationRefusal.OfferHashDiffers
            : !PartialTerms.CanBeAccepted(state.Subject.Agenda, offer, act.Quantity)
                ? NegotiationRefusal.QuantityNotOffered
            : RefuseEvidence(state, offer, command));
        if (refusal is { } reason)
        {
            return NegotiationDecision.Refuse(reason);
        }

        // From here on nothing may fail.
        var agreed = PartialTerms.Of(state.Subject.Agenda, offer!.Terms, act.Quantity);
        return Record(state, new OfferAccepted(
            now,
            state.Id,
            Reference(by, command),
            offer.Number,
            offer.Hash,
            NegotiationHashes.OfDeal(state.Market, state.Id, award: 1),
            NegotiationHashes.OfTerms(state.Market, state.Id, state.Subject, agreed),
            command.Evidence,
            act.Quantity,
            Approval(state.Market, state.Id, state.Subject, Of(state, by), command.Approval, agreed, now, until: now)));
    }

    private static NegotiationDecision DecideWithdraw(
        NegotiationState state, Party by, WithdrawOffer act, PerformAct command, LedgerTime now)
    {
        var refusal =
            RefuseReference(state, act.OfferNumber)
            ?? (!state.IsCurrent(act.ExpectedSeq) ? NegotiationRefusal.SeqIsStale
            : state.Standing!.By != by ? NegotiationRefusal.OfferIsNotYours
            : state.Standing.Irrevocable ? NegotiationRefusal.OfferIsIrrevocable
            : (NegotiationRefusal?)null);
        return refusal is { } reason
            ? NegotiationDecision.Refuse(reason)
            : Record(state, new OfferWithdrawn(now, state.Id, Reference(by, command), act.OfferNumber));
    }

    private static NegotiationDecision DecideReject(
        NegotiationState state, Party by, RejectOffer act, PerformAct command, LedgerTime now)
    {
        var refusal =
            RefuseReference(state, act.OfferNumber)
            ?? (!state.IsCurrent(act.ExpectedSeq) ? NegotiationRefusal.SeqIsStale
            : state.Standing!.By == by ? NegotiationRefusal.OfferIsYourOwn
            : (NegotiationRefusal?)null);
        return refusal is { } reason
            ? NegotiationDecision.Refuse(reason)
            : Record(state, new NegotiationRejected(
                now, state.Id, Reference(by, command), by, act.OfferNumber, act.Reason));
    }

    private static NegotiationDecision DecideLeave(
        NegotiationState state, Party by, LeaveNegotiation act, PerformAct command, LedgerTime now)
    {
        // Leaving is not bound to what was seen, but an irrevocable offer holds its maker until it ends.
        return state.Standing is { Irrevocable: true } offer && offer.By == by
            ? NegotiationDecision.Refuse(NegotiationRefusal.OfferIsIrrevocable)
            : Record(state, new NegotiationLeft(now, state.Id, Reference(by, command), by, act.Reason));
    }

    private static NegotiationDecision DecideJoin(
        NegotiationState state, Party by, JoinNegotiation act, PerformAct command, LedgerTime now)
    {
        var refusal =
            !state.IsCurrent(act.ExpectedSeq) ? NegotiationRefusal.SeqIsStale
            : state.Status != NegotiationStatus.Invited || state.OpenedBy == by ? NegotiationRefusal.NotInvited
            : (NegotiationRefusal?)null;
        return refusal is { } reason
            ? NegotiationDecision.Refuse(reason)
            : Record(state, new NegotiationJoined(now, state.Id, Reference(by, command)));
    }

    private static NegotiationRefusal? RefuseReference(NegotiationState state, long offerNumber) =>
        state.Standing is not { } offer ? NegotiationRefusal.OfferNotStanding
        : offer.Number > offerNumber ? NegotiationRefusal.OfferSuperseded
        : offer.Number < offerNumber ? NegotiationRefusal.OfferNotStanding
        : null;

    private static NegotiationRefusal? RefuseEvidence(NegotiationState state, Offer offer, PerformAct command) =>
        !state.Rules.SignaturesRequired ? null
        : command.Evidence is null ? NegotiationRefusal.SignatureRequired
        : command.VerifiedOffer != offer.Hash ? NegotiationRefusal.EvidenceNotVerified
        : null;

    private static Participant Of(NegotiationState state, Party by) => by == Party.Buyer ? state.Buyer : state.Seller;

    /// <summary>
    /// The approval that counts for terms; null where none was given or it is of something else. Whether one is needed
    /// is the mandate's to say.
    /// </summary>
    private static GrantedApproval? Approval(
        MarketId market,
        NegotiationId negotiation,
        Subject subject,
        Participant side,
        GrantedApproval? given,
        Terms terms,
        LedgerTime now,
        LedgerTime until) => given is null
            ? null
            : ApprovalRules.Counting(
                given, side, negotiation, NegotiationHashes.OfTerms(market, negotiation, subject, terms),
                new Money(terms.TotalMinorUnits, subject.Agenda.Currency), now, until);

    private static ActReference Reference(Party by, PerformAct command) => new(command.Act.Message, command.Digest, by);
}
