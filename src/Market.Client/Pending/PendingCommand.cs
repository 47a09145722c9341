using Market.Domain;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client.Pending;

/// <summary>An act on record: from before it is sent until its answer has come.</summary>
/// <param name="Market">The market that it is for.</param>
/// <param name="Agent">The agent whose act it is; null for a principal's.</param>
/// <param name="Principal">The principal whose own key it is sent under; null for an agent's.</param>
/// <param name="Id">Its message id: however often it is sent, it is done once.</param>
/// <param name="Message">What is sent, <c>[type number, payload]</c>; always these bytes, signature included.</param>
public sealed record PendingCommand(
    MarketId Market, AgentNumber? Agent, PrincipalNumber? Principal, MessageId Id, ReadOnlyMemory<byte> Message)
{
    /// <summary>
    /// What the act says, without its signature: a <see cref="Market.Domain.Negotiating.MakeOffer"/>, for example.
    /// </summary>
    /// <exception cref="WireFormatException">This library does not know the message; a newer one wrote it.</exception>
    public object Read() => WireCatalog.DecodeTagged(Message.Span) switch
    {
        SignedAct signed => WireCatalog.DecodeTagged(signed.Act.Span),
        var message => message,
    };
}
