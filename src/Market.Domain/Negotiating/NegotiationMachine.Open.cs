using Market.Domain.Approvals;

namespace Market.Domain.Negotiating;

public static partial class NegotiationMachine
{
    /// <summary>
    /// The answer to an opening that may have been recorded: as then for the same bytes, and a refusal for others.
    /// </summary>
    /// <param name="state">The negotiation, which is open.</param>
    /// <param name="message">The opener's id of the act.</param>
    /// <param name="digest">Digest of the opener's exact bytes.</param>
    public static NegotiationDecision AnswerToOpening(NegotiationState state, MessageId message, ActDigest digest)
    {
        ArgumentNullException.ThrowIfNull(state);
        return EarlierAnswer(state, state.OpenedBy, message, digest)
            ?? NegotiationDecision.Refuse(NegotiationRefusal.MessageIdReused);
    }

    private static NegotiationDecision DecideOpen(
        NegotiationState state, OpenNegotiationCommand command, LedgerTime now)
    {
        if (state.Status != NegotiationStatus.None)
        {
            return AnswerToOpening(state, command.Message, command.Digest);
        }

        var posted = command.Rules.Protocol == Protocol.PostedPrice;
        var refusal =
            // A bid's act was taken when it was made, and has waited for its tender since.
            (command.OfferedAt is null ? MessageIds.Refuse(command.Message, now) : null)
            ?? RefuseRules(command.Rules)
            ?? (command.Buyer.Principal == command.Seller.Principal ? NegotiationRefusal.PrincipalsAreTheSame
            : !AgendaRules.IsValid(command.Subject.Agenda) ? NegotiationRefusal.AgendaIsInvalid
            : posted && !TakesPostedTerms(command) ? NegotiationRefusal.TermsAreNotPosted
            : posted && command.Rules.SignaturesRequired && command.Evidence is null
                ? NegotiationRefusal.SignatureRequired
            : command.FirstOffer is { } first
                ? RefuseProposal(command.Subject.Agenda, command.Rules, first, command.Evidence)
                : null);
        if (refusal is { } reason)
        {
            return NegotiationDecision.Refuse(reason) with { Fields = ProblemsOf(command, reason) };
        }

        // From here on nothing may fail.
        return Record(state, posted ? Bought(state.Market, command, now) : Opened(state.Market, command, now));
    }

    private static NegotiationOpened Opened(MarketId market, OpenNegotiationCommand command, LedgerTime now)
    {
        var offer = command.FirstOffer is { } proposal
            ? Dated(
                market, command.Negotiation, command.Subject, proposal, number: 1, command.OpenedBy,
                command.OfferedAt ?? now)
            : null;
        return new NegotiationOpened(
            now,
            command.Negotiation,
            Reference(command),
            command.OpenedBy,
            command.Buyer,
            command.Seller,
            command.Subject,
            command.Rules,
            offer,
            command.Evidence,
            offer is null or { PartialFrom: not null }
                ? null
                : Approval(market, command, offer.Terms, now, offer.ValidUntil));
    }

    private static PostedPriceTaken Bought(MarketId market, OpenNegotiationCommand command, LedgerTime now)
    {
        var id = command.Negotiation;
        var offer = Dated(market, id, command.Subject, command.FirstOffer!, number: 1, Party.Seller, now);
        return new PostedPriceTaken(
            now, id, Reference(command), command.Buyer, command.Seller, command.Subject, command.Rules, offer,
            NegotiationHashes.OfDeal(market, id, award: 1),
            NegotiationHashes.OfTerms(market, id, command.Subject, offer.Terms),
            command.Evidence,
            Approval(market, command, offer.Terms, now, until: now));
    }

    private static GrantedApproval? Approval(
        MarketId market, OpenNegotiationCommand command, Terms terms, LedgerTime now, LedgerTime until) => Approval(
            market, command.Negotiation, command.Subject,
            command.OpenedBy == Party.Buyer ? command.Buyer : command.Seller, command.Approval, terms, now, until);

    private static Offer Dated(
        MarketId market,
        NegotiationId id,
        Subject subject,
        ProposedOffer proposal,
        long number,
        Party by,
        LedgerTime now)
    {
        var validUntil = now + proposal.ValidFor;
        var termsHash = NegotiationHashes.OfTerms(market, id, subject, proposal.Terms);
        var hash = NegotiationHashes.OfOffer(
            termsHash, number, by, proposal.Binding, validUntil, proposal.Irrevocable, proposal.IsFinal,
            proposal.PartialFrom);
        return new Offer(
            number, by, proposal.Terms, proposal.Binding, validUntil, proposal.Irrevocable, hash, proposal.IsFinal,
            proposal.PartialFrom);
    }

    private static bool TakesPostedTerms(OpenNegotiationCommand command) =>
        command.OpenedBy == Party.Buyer
        && command.Subject.Posted is { } terms
        && command.FirstOffer is { Binding: OfferBinding.Firm, IsFinal: false, PartialFrom: null } offer
        && offer.Terms == terms;

    internal static NegotiationRefusal? RefuseRules(NegotiationRules rules) =>
        rules.RoundsMax is < 1 or > MarketLimits.RoundsMax ? NegotiationRefusal.RoundsOutOfRange
        : rules.Duration <= TimeSpan.Zero || rules.Duration > MarketLimits.NegotiationDurationMax
            ? NegotiationRefusal.DurationOutOfRange
        : rules.FeeBasisPoints is < 0 or > 10_000 ? NegotiationRefusal.FeeOutOfRange
        : rules.ImpasseAfter < 0 || rules.ImpasseAfter > rules.RoundsMax ? NegotiationRefusal.ImpasseOutOfRange
        : null;

    internal static NegotiationRefusal? RefuseProposal(
        Agenda agenda, NegotiationRules rules, ProposedOffer offer, Evidence? evidence) =>
        !agenda.Contains(offer.Terms.Outcome) || !OfferProblems.AreLabelsOf(agenda, offer.Terms.Labels)
            ? NegotiationRefusal.OutcomeOutsideAgenda
        : agenda.TotalOf(offer.Terms.Outcome) != offer.Terms.TotalMinorUnits ? NegotiationRefusal.TotalDoesNotAddUp
        : offer.ValidFor <= TimeSpan.Zero || offer.ValidFor > MarketLimits.OfferValidityMax
            ? NegotiationRefusal.ValidityOutOfRange
        : offer.PartialFrom is { } least
            && (offer.Binding != OfferBinding.Firm || !PartialTerms.CanBeOffered(agenda, offer.Terms, least))
            ? NegotiationRefusal.PartialNotPossible
        : offer.Binding == OfferBinding.Firm && rules.SignaturesRequired && evidence is null
            ? NegotiationRefusal.SignatureRequired
        : null;

    private static ValueArray<FieldProblem> ProblemsOf(OpenNegotiationCommand command, NegotiationRefusal reason) =>
        reason == NegotiationRefusal.AgendaIsInvalid ? AgendaRules.ProblemsOf(command.Subject.Agenda)
        : command.FirstOffer is { } first ? OfferProblems.Of(command.Subject.Agenda, first, reason)
        : [];

    private static ActReference Reference(OpenNegotiationCommand command) =>
        new(command.Message, command.Digest, command.OpenedBy);
}
