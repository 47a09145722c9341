using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Wire;
using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
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
    /// <summary>Whether the signature is the signer's over exactly these bytes, for this market.</summary>
    public ValueTask<bool> VerifyAsync(Evidence evidence) => keys.VerifyAsync(
        evidence.Signer, SignedPayload.ForAct(market, evidence.SignedBytes.Span), evidence.Signature);

    /// <summary>Whether a signature is by a principal's own key over exactly this document, for this market.</summary>
    public bool VerifyApproval(
        EnrolledPrincipal principal, ReadOnlyMemory<byte> document, ReadOnlyMemory<byte> signature) =>
        Verify(principal.PublicKey, SignedPayload.ForApproval(market, document.Span), signature);

    /// <summary>Whether a signature over the enrolment of a principal's key is by a key.</summary>
    public bool VerifyKey(
        ReadOnlyMemory<byte> publicKey, PrincipalKeyDocument document, ReadOnlyMemory<byte> signature) =>
        Verify(publicKey, SignedPayload.ForPrincipalKey(market, WireFormat.Encode(document)), signature);

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
}
