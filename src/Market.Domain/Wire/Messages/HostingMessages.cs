using Market.Domain.Enrolling;
using Market.Domain.Hosting;

namespace Market.Domain.Wire.Messages;

/// <summary>
/// Has the market make a key that it will hold for this agent. Answer: <see cref="SessionKeyMade"/>. It signs nothing
/// until it is enrolled.
/// </summary>
/// <param name="Message">The client's id of the act; the key's id is derived from it.</param>
[WireType(160)]
public sealed record MakeSessionKey(MessageId Message);

/// <summary>
/// Lets a key that the market holds sign for this agent; only inside <see cref="SignedAct"/>, signed by the agent's own
/// key. Answer: <see cref="SessionKeyRecorded"/>.
/// </summary>
/// <param name="Message">The client's id of the act.</param>
/// <param name="Key">The key that the market made.</param>
/// <param name="PublicKey">Its SubjectPublicKeyInfo, DER.</param>
/// <param name="Mandate">The mandate under which the agent must act wherever it signs.</param>
/// <param name="ExpiresAt">First moment at which it signs no more.</param>
/// <param name="Actions">What it may sign.</param>
[WireType(161)]
public sealed record EnrolSessionKey(
    MessageId Message,
    SessionKeyId Key,
    ReadOnlyMemory<byte> PublicKey,
    MandateId Mandate,
    LedgerTime ExpiresAt,
    SessionKeyActions Actions = SessionKeyActions.OfferAndAccept);

/// <summary>
/// Takes a session key back: once this is answered, nothing more is signed by it, and the strategies that it signs for
/// have ended. Answer: <see cref="SessionKeyRecorded"/>.
/// </summary>
/// <param name="Message">The client's id of the act.</param>
/// <param name="Key">The key.</param>
[WireType(162)]
public sealed record RevokeSessionKey(MessageId Message, SessionKeyId Key);

/// <summary>
/// Leaves a strategy with the market, which then acts for this agent. Never sent inside <see cref="SignedAct"/>: what
/// is signed is stored, and the utility must not be. Answer: <see cref="HostingRecorded"/>.
/// </summary>
/// <param name="Message">The client's id of the act; the hosting's id is derived from it.</param>
/// <param name="Strategy">The strategy's name in the catalogue, with its parameters.</param>
/// <param name="Utility">What outcomes are worth to the agent, and the value below which it prefers no deal.</param>
/// <param name="Mandate">The mandate that it acts under.</param>
/// <param name="SessionKey">The key that signs for it, bound to that mandate.</param>
/// <param name="Listings">For a seller: its listings, under that mandate.</param>
/// <param name="Negotiations">For a buyer: negotiations that it has opened under that mandate.</param>
/// <param name="Request">For a buyer: a request; every negotiation under it and the mandate is gone on with.</param>
[WireType(163)]
public sealed record HostStrategy(
    MessageId Message,
    string Strategy,
    HostedUtility Utility,
    MandateId Mandate,
    SessionKeyId SessionKey,
    ValueArray<ListingId> Listings = default,
    ValueArray<NegotiationId> Negotiations = default,
    RequestId? Request = null);

/// <summary>
/// Ends a hosted strategy and erases its utility; its negotiations stay as they are. Answer:
/// <see cref="HostingRecorded"/>.
/// </summary>
/// <param name="Message">The client's id of the act.</param>
/// <param name="Hosting">Which.</param>
[WireType(164)]
public sealed record StopHosting(MessageId Message, HostingId Hosting);

/// <summary>Asks for the agent's hosted strategies. Answer: <see cref="HostingState"/>.</summary>
[WireType(165)]
public sealed record GetHosting;

/// <summary>The market holds a key for the agent.</summary>
/// <param name="Key">Its id.</param>
/// <param name="PublicKey">Its SubjectPublicKeyInfo, DER; the private key never leaves the market.</param>
[WireType(260)]
public sealed record SessionKeyMade(SessionKeyId Key, ReadOnlyMemory<byte> PublicKey);

/// <summary>The word about a session key is recorded.</summary>
/// <param name="Key">Which.</param>
/// <param name="At">When it was recorded first.</param>
[WireType(261)]
public sealed record SessionKeyRecorded(SessionKeyId Key, LedgerTime At);

/// <summary>The word about a hosted strategy is recorded.</summary>
/// <param name="Hosting">Which.</param>
/// <param name="At">When it was recorded first.</param>
[WireType(262)]
public sealed record HostingRecorded(HostingId Hosting, LedgerTime At);

/// <summary>The session's agent's hosted strategies: those that run, and the latest that have ended.</summary>
/// <param name="Hostings">One each; none says what was left as a utility.</param>
[WireType(263)]
public sealed record HostingState(ValueArray<HostingView> Hostings);
