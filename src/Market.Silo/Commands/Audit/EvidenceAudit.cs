using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// The evidence of a deal (INV-9): the signed acts are the offer and the acceptance that are journalled, and their
/// signers' keys verify them. Offers that nobody accepted bind nobody; their signatures are covered by the row's hash.
/// </summary>
internal sealed class EvidenceAudit(AuditContext context)
{
    /// <summary>The accepted offer's evidence.</summary>
    public void CheckOffer(
        NegotiationAudit negotiation,
        NegotiationId id,
        ActReference? act,
        Offer offer,
        Evidence? evidence,
        AgentNumber maker,
        Moment madeAt,
        long madePosition,
        StoredRow row)
    {
        var moment = new SignedMoment(madeAt, madePosition, SessionKeys.Offer);
        if (Read(negotiation, act, evidence, maker, "the offer", moment, row) is not { } signed)
        {
            return;
        }

        var isSame = signed switch
        {
            SignedOfferMade make => make.Negotiation == id.Value && make.Message == act!.Message
                && IsOf(make.Offer, offer, madeAt),
            SignedOpening open => IsOf(open, negotiation.Subject, act!, offer, madeAt),
            SignedBid bid => IsOf(bid, negotiation.Subject, act!, offer),
            _ => false,
        };
        context.Findings.Require(row, isSame, "What the offer's maker signed is not the offer that was accepted.");
    }

    /// <summary>The evidence of an acceptance.</summary>
    public void CheckAccept(
        NegotiationAudit negotiation, NegotiationId id, OfferAccepted accepted, AgentNumber accepter, StoredRow row)
    {
        var moment = new SignedMoment(accepted.At, row.Position, SessionKeys.Accept);
        if (Read(negotiation, accepted.Act, accepted.Evidence, accepter, "the acceptance", moment, row) is { } signed)
        {
            context.Findings.Require(
                row,
                signed is SignedAcceptance accept && accept.Negotiation == id.Value
                    && accept.Message == accepted.Act!.Message
                    && accept.OfferNumber == accepted.OfferNumber && accept.OfferHash == accepted.OfferHash
                    && accept.Quantity == accepted.Quantity,
                "What the accepting side signed is not this acceptance.");
        }
    }

    /// <summary>The evidence of an opening that is also the acceptance: buying at the posted price.</summary>
    public void CheckOpening(
        NegotiationAudit negotiation,
        ActReference? act,
        Offer offer,
        Evidence? evidence,
        Moment at,
        StoredRow row)
    {
        // No session key opens a negotiation: none of its actions fits.
        var moment = new SignedMoment(at, row.Position, Action: 0);
        if (Read(negotiation, act, evidence, negotiation.Buyer.Agent, "the purchase", moment, row) is { } signed)
        {
            context.Findings.Require(
                row,
                signed is SignedOpening { Protocol: Protocol.PostedPrice } open
                    && IsOf(open, negotiation.Subject, act!, offer, at),
                "What the buyer signed is not this purchase.");
        }
    }

    /// <summary>
    /// The signed act, whose signature will be verified; null where there is none, or it cannot be read.
    /// </summary>
    private SignedAct? Read(
        NegotiationAudit negotiation, ActReference? act, Evidence? evidence, AgentNumber signer, string what,
        SignedMoment moment, StoredRow row)
    {
        var findings = context.Findings;
        if (evidence is null)
        {
            findings.Require(row, !negotiation.Rules.SignaturesRequired, $"It carries no signature of {what}.");
            return null;
        }

        findings.Require(row, evidence.Signer == signer, $"It is {evidence.Signer} who signed {what}, not {signer}.");
        findings.Require(
            row, act is not null && IsDigest(act, evidence.SignedBytes),
            $"The digest of {what} is not that of the signed bytes.");
        SignedAct? signed = null;
        try
        {
            signed = SignedAct.Read(evidence.SignedBytes);
        }
        catch (UnreadableException error)
        {
            findings.Add(row, $"The signed bytes of {what} are no act: {error.Message}");
        }

        VerifySignature(negotiation, evidence, what, WhenRecorded(signed, signer, moment), row);
        return act is null ? null : signed;
    }

    /// <summary>A bid was recorded in its tender, before it became an offer here.</summary>
    private SignedMoment WhenRecorded(SignedAct? signed, AgentNumber signer, SignedMoment moment) =>
        signed is SignedBid bid && context.Bids.TryGetValue((bid.Tender, signer), out var made)
            ? moment with { At = made.At, Position = made.Position }
            : moment;

    private void VerifySignature(
        NegotiationAudit negotiation, Evidence evidence, string what, SignedMoment moment, StoredRow row)
    {
        var mandate = evidence.Signer == negotiation.Buyer.Agent
            ? negotiation.Buyer.Mandate
            : negotiation.Seller.Mandate;
        var keys = evidence.SessionKey is { } id
            ? context.SessionKeys.KeysFor(id, moment, mandate, evidence.Signer, what, row)
            : context.AgentKeys.FindFor(evidence.Signer, moment, what, row);
        if (keys is null)
        {
            context.Findings.Add(row, evidence.SessionKey is { } missing
                ? $"No session key {missing} was enrolled, which signed {what}."
                : $"No {evidence.Signer} was registered, who signed {what}.");
            return;
        }

        var whose = evidence.SessionKey is null ? "the key" : "the session key";
        context.Signatures?.Verify(new SignatureCheck(
            new(
                row.Position, row.Stream, row.Version,
                $"The signature of {what} does not verify with {whose} of {evidence.Signer}."),
            keys,
            SignedForms.OfAct(context.Market, evidence.SignedBytes),
            evidence.Signature,
            SignatureOf.Agent));
    }

    private static bool IsOf(SignedOpening open, Subject subject, ActReference act, Offer offer, Moment at) =>
        open.Message == act.Message && open.Listing == subject.Listing && open.ListingVersion == subject.ListingVersion
        && open.Order == subject.Order && open.Request == subject.Request
        && open.FirstOffer is { } first && IsOf(first, offer, at);

    /// <summary>A tender dates its bids at the reveal; it is another stream's row, before this one.</summary>
    private bool IsOf(SignedBid bid, Subject subject, ActReference act, Offer offer) =>
        bid.Message == act.Message && bid.Listing == subject.Listing && bid.ListingVersion == subject.ListingVersion
        && bid.Order == subject.Order && context.Reveals.TryGetValue(bid.Tender, out var reveal)
        && subject.Request == reveal.Request && IsOf(bid.Offer, offer, reveal.At);

    private static bool IsOf(SignedOffer signed, Offer offer, Moment at) =>
        signed.Terms == offer.Terms && signed.Binding == offer.Binding && signed.Irrevocable == offer.Irrevocable
        && signed.IsFinal == offer.IsFinal && signed.PartialFrom == offer.PartialFrom
        && at + signed.ValidFor == offer.ValidUntil;

    private static bool IsDigest(ActReference act, ReadOnlySpan<byte> bytes) =>
        Hash32.Of(bytes) is var hash && (hash.A, hash.B) == (act.DigestHigh, act.DigestLow);
}
