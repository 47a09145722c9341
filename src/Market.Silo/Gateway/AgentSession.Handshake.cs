using System.Net.WebSockets;
using System.Security.Cryptography;
using Market.Domain.Wire.Messages;
using Market.Silo.Gateway.Authorising;
using Market.Silo.Gateway.Limiting;

namespace Market.Silo.Gateway;

/// <content>Proving a key: the market sends a nonce, and the client signs it within a time.</content>
internal sealed partial class AgentSession
{
    private const int NonceBytes = 32;

    private const string ProofRule =
        "Send the P-256 key's SubjectPublicKeyInfo, uncompressed, and its ES256 signature over the session's payload.";

    private async Task<bool> AuthenticateAsync()
    {
        var options = services.Options;
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        Send(0, new Hello(
            options.Market, options.Name, SignedPayload.FormatVersion, nonce, options.Now, options.ReceiptKey));
        var timer = options.Time.CreateTimer(
            static session => ((AgentSession)session!).OnHandshakeTimeout(),
            this,
            TimeSpan.FromSeconds(options.Limits.HandshakeSeconds),
            Timeout.InfiniteTimeSpan);
        Received received;

        // The time is the client's: once its proof is here, it is no longer running.
        await using (timer.ConfigureAwait(false))
        {
            received = await _receiver.ReceiveAsync().ConfigureAwait(false);
        }

        if (received.Kind != ReceivedKind.Frame)
        {
            CloseFor(received.Kind);
            return false;
        }

        return await AuthenticateAsync(AgentRequest.Decode(received.Bytes.Span), nonce).ConfigureAwait(false);
    }

    private async Task<bool> AuthenticateAsync(AgentRequest request, byte[] nonce)
    {
        var refusal = request.Refusal
            ?? Authorisation.Refuse(SessionKinds.Unproven, request.Message!)
            ?? (IsProof((Authenticate)request.Message!, nonce)
                ? null
                : Refusals.Of(GatewayRefusal.AuthenticationFailed, ProofRule));
        if (refusal is null)
        {
            try
            {
                _publicKey = ((Authenticate)request.Message!).PublicKey;

                // Set before the directory is asked: a key that ends after its answer ends this session.
                _thumbprint = Domain.Hash256.Of(_publicKey.Span);
                var found = await services.Dispatcher.FindByKeyAsync(_publicKey).ConfigureAwait(false);
                refusal = RefusalOf(found);
                if (refusal is null)
                {
                    _principal = found.Principal;
                    if (found.Agent is { } agent
                        ? Welcome(agent)
                        : allowance.Become(
                            SenderKey.Of(null, found.Principal, _publicKey), found.Principal?.Number))
                    {
                        _lastRequestAt = services.Limiter.Now;
                        Send(request.Correlation, new Welcome(found.Agent, found.Principal));
                        return true;
                    }

                    refusal = Refusals.Of(
                        GatewayRefusal.TooManyConnections, ConnectionsRule, GatewayOptions.RetryAfter);
                }
            }
            catch (Exception error)
            {
                refusal = RefusalOf(error);
            }
        }

        Send(request.Correlation, refusal);
        Close(WebSocketCloseStatus.PolicyViolation, refusal.Name);
        return false;
    }

    private bool IsProof(Authenticate proof, byte[] nonce)
    {
        using var key = PublicKeys.Import(proof.PublicKey.Span);
        return key is not null && key.VerifyData(
            SignedPayload.ForSession(services.Options.Market, nonce),
            proof.Signature.Span,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private void OnHandshakeTimeout()
    {
        Refuse(
            GatewayRefusal.NotAuthenticated,
            $"Answer Hello with Authenticate within {services.Options.Limits.HandshakeSeconds} s.");
    }
}
