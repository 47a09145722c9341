using Market.Domain.Enrolling;
using Market.Domain.Wire;

namespace Market.Domain.Admitting;

/// <summary>An agent has said whom it deals with.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">Whose policy.</param>
/// <param name="Revision">1 for its first, one more with each change.</param>
/// <param name="Policy">The policy; null where it deals with everybody again.</param>
[WireType(733)]
public sealed record AdmissionSet(LedgerTime At, AgentNumber Agent, int Revision, AdmissionPolicy? Policy);

/// <summary>The market's policy has kept an agent out that would have been registered.</summary>
/// <param name="At">When.</param>
/// <param name="Key">Thumbprint of the key that would have been the agent's.</param>
/// <param name="Profile">What it declared.</param>
/// <param name="Refusal">The rule that it does not meet.</param>
/// <param name="Policy">Hash of the policy.</param>
[WireType(734)]
public sealed record AdmissionDenied(
    LedgerTime At, Hash256 Key, AgentProfile Profile, AdmissionRefusal Refusal, Hash256 Policy);

/// <summary>Sets an agent's policy.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="Revision">1 for its first; else one more than the policy that is set.</param>
/// <param name="Policy">The policy; null for everybody.</param>
[WireType(872)]
public sealed record SetAgentAdmission(AgentNumber Agent, int Revision, AdmissionPolicy? Policy);
