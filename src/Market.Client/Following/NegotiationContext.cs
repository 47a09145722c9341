using Market.Client.Connecting;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client.Following;

/// <summary>What acts need: new message ids, signatures, and the link that carries them.</summary>
internal sealed class NegotiationContext(AgentKey key, MarketClientOptions options)
{
    /// <summary>The key that signs.</summary>
    public AgentKey Key => key;

    /// <summary>The link; set before any act.</summary>
    public MarketLink Link { get; set; } = null!;

    /// <summary>Where the principal is asked for approvals.</summary>
    public ApprovalDesk Approvals => field ??= new ApprovalDesk(this);

    /// <summary>
    /// A new id, of the market's time, so that a wrong local clock makes no id that the market refuses.
    /// </summary>
    public MessageId NewMessageId() =>
        new(Guid.CreateVersion7(options.TimeProvider.GetUtcNow() + Link.ClockOffset));

    /// <summary>Sends an act until it is answered; the same bytes every time.</summary>
    /// <param name="act">The act.</param>
    /// <param name="isBinding">Whether it binds its sender, and so is signed.</param>
    /// <param name="isSignatureRequired">Whether the market will refuse it unsigned.</param>
    /// <param name="cancellationToken">Stops waiting for the answer; the market may record the act all the
    /// same.</param>
    public async Task<ActResult> PerformAsync(
        object act, bool isBinding, bool isSignatureRequired, CancellationToken cancellationToken)
    {
        var message = MessageOf(act, isBinding, isSignatureRequired);
        return await Link.AskAsync(message, cancellationToken).ConfigureAwait(false) switch
        {
            ActRecorded recorded => new ActResult(recorded),
            Refused refused => new ActResult(refused),
            var other => throw new MarketConnectionException(
                $"An act is answered by {nameof(ActRecorded)}, and {other.GetType().Name} came."),
        };
    }

    /// <summary>An act as it is sent: signed where it binds its sender and the policy says so.</summary>
    /// <param name="act">The act.</param>
    /// <param name="isBinding">Whether it binds its sender.</param>
    /// <param name="isSignatureRequired">Whether the market will refuse it unsigned.</param>
    public object MessageOf(object act, bool isBinding, bool isSignatureRequired)
    {
        var isSigned = isBinding && options.Signing switch
        {
            SigningPolicy.Always => true,
            SigningPolicy.WhenRequired => isSignatureRequired,
            _ => false,
        };
        return isSigned ? Sign(act) : act;
    }

    /// <summary>An act with the agent's signature.</summary>
    public SignedAct Sign(object act)
    {
        var bytes = WireCatalog.EncodeTagged(act);
        return new SignedAct(bytes, key.Sign(SignedPayload.ForAct(Link.Hello.Market, bytes)));
    }
}
