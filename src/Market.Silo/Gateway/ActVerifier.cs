using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;

namespace Market.Silo.Gateway;

/// <summary>
/// Verifies the evidence for a deal off the grains, before an accept is passed on: the accept's own signature and that
/// of the offer it accepts. What is decided from it, the negotiation decides by comparing hashes.
/// </summary>
/// <param name="cluster">Where the negotiations are.</param>
/// <param name="keys">Agents' keys.</param>
/// <param name="market">The market, which every signature is bound to.</param>
internal sealed class ActVerifier(IGrainCluster cluster, AgentKeyCache keys, MarketId market)
{
    /// <summary>
    /// Whether the signature is the signer's over exactly these bytes, for this market, by a key that it has or had.
    /// </summary>
    public async ValueTask<bool> VerifyAsync(Evidence evidence)
    {
        var payload = SignedPayload.ForAct(market, evidence.SignedBytes.Span);
        return evidence.SessionKey is { } key
            ? await VerifyAsync(evidence.Signer, key, payload, evidence.Signature).ConfigureAwait(false)
            : await keys.VerifyAsync(evidence.Signer, payload, evidence.Signature).ConfigureAwait(false)
                != SignatureVerdict.Wrong;
    }

    /// <summary>What the signature is worth by which an agent's own key does an act now.</summary>
    public ValueTask<SignatureVerdict> JudgeAsync(Evidence evidence) => keys.VerifyAsync(
        evidence.Signer, SignedPayload.ForAct(market, evidence.SignedBytes.Span), evidence.Signature);

    /// <summary>Whether a signature is by a principal's own key over exactly this document, for this market.</summary>
    public bool VerifyApproval(
        EnrolledPrincipal principal, ReadOnlyMemory<byte> document, ReadOnlyMemory<byte> signature) =>
        Verify(principal.PublicKey, SignedPayload.ForApproval(market, document.Span), signature);

    /// <summary>Whether a signature over the enrolment of a principal's key is by a key.</summary>
    public bool VerifyKey(
        ReadOnlyMemory<byte> publicKey, PrincipalKeyDocument document, ReadOnlyMemory<byte> signature) =>
        Verify(publicKey, SignedPayload.ForPrincipalKey(market, WireFormat.Encode(document)), signature);

    /// <summary>Whether an enrolment is signed by the key that it names.</summary>
    public bool VerifyEnrolment(SignedEnrolment enrolment) =>
        Verify(enrolment.PublicKey, SignedPayload.ForEnrolment(market, enrolment.Document.Span), enrolment.Signature);

    /// <summary>Whether a signature over the document of an agent's key is by a key.</summary>
    public bool VerifyAgentKey(
        ReadOnlyMemory<byte> publicKey, ReadOnlyMemory<byte> document, ReadOnlyMemory<byte> signature) =>
        Verify(publicKey, SignedPayload.ForAgentKey(market, document.Span), signature);

    private static bool Verify(ReadOnlyMemory<byte> publicKey, byte[] payload, ReadOnlyMemory<byte> signature)
    {
        using var key = PublicKeys.Import(publicKey.Span);
        return key is not null && key.VerifyData(
            payload, signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <summary>
    /// The hash of a negotiation's standing offer where its maker's signature verifies, else the zero hash; or the
    /// answer to send where the asker is no party.
    /// </summary>
    public async ValueTask<(Hash256 Offer, object? Answer)> VerifyStandingOfferAsync(
        NegotiationId negotiation, AgentNumber asker)
    {
        var answer = await cluster.AskAsync(GrainId.Of(negotiation), new GetStandingOffer(asker)).ConfigureAwait(false);
        return answer switch
        {
            StandingOffer { Offer: { } offer, Evidence: { } evidence }
                when await VerifyAsync(evidence).ConfigureAwait(false)
                => (offer.Hash, null),
            StandingOffer => (Hash256.Zero, null),
            _ => (Hash256.Zero, answer),
        };
    }

    /// <summary>
    /// Whether a session key of the signer's signed. That it still could when the act was recorded, the negotiation has
    /// seen to.
    /// </summary>
    private async ValueTask<bool> VerifyAsync(
        AgentNumber signer, SessionKeyId id, ReadOnlyMemory<byte> payload, ReadOnlyMemory<byte> signature)
    {
        var answer = await cluster.AskAsync(GrainId.Directory, new FindSessionKeys(signer, id)).ConfigureAwait(false);
        if (answer is not SessionKeysFound { Keys: [var found] })
        {
            return false;
        }

        using var key = new VerifyingKey(found.Key.PublicKey);
        return key.Verify(payload.Span, signature.Span);
    }
}
