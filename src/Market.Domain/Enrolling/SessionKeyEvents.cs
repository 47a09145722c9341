using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Domain.Enrolling;

/// <summary>An agent has let a key of the market's sign for it.</summary>
/// <param name="At">When.</param>
/// <param name="Key">The key and its bounds.</param>
/// <param name="Message">The agent's id of the act.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="Evidence">The act as the agent's own key signed it.</param>
[WireType(726)]
public sealed record SessionKeyEnrolled(
    LedgerTime At, SessionKey Key, MessageId Message, ActDigest Digest, Evidence Evidence);

/// <summary>An agent has taken a session key back: nothing that it signs from here on is taken.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">Whose key it was.</param>
/// <param name="Key">Which.</param>
[WireType(727)]
public sealed record SessionKeyRevoked(LedgerTime At, AgentNumber Agent, SessionKeyId Key);

/// <summary>Enrols a session key, whose act the gateway has verified.</summary>
/// <param name="Agent">The agent whose session sent it.</param>
/// <param name="Act">What it said.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="Evidence">Its signature.</param>
[WireType(860)]
public sealed record EnrolSessionKeyCommand(
    AgentNumber Agent, EnrolSessionKey Act, ActDigest Digest, Evidence Evidence);

/// <summary>Takes a session key back.</summary>
/// <param name="Agent">The agent whose session sent it.</param>
/// <param name="Key">Which.</param>
[WireType(861)]
public sealed record RevokeSessionKeyCommand(AgentNumber Agent, SessionKeyId Key);
