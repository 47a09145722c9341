using Market.Domain;
using Market.Domain.Admitting;
using Market.Domain.Enrolling;

namespace Market.Grains.Enrolling;

/// <summary>What <see cref="DirectoryWatch"/> saves.</summary>
/// <param name="Founders">Which agent brought which principal.</param>
/// <param name="WithKeys">Principals with a key of their own.</param>
/// <param name="Policies">Whom agents deal with.</param>
public sealed record SavedDirectoryWatch(
    ValueArray<SavedFounder> Founders, ValueArray<PrincipalNumber> WithKeys, ValueArray<SavedPolicy> Policies);

/// <summary>The agent that brought a principal.</summary>
/// <param name="Principal">The principal.</param>
/// <param name="Agent">The agent.</param>
public readonly record struct SavedFounder(PrincipalNumber Principal, AgentNumber Agent);

/// <summary>Whom an agent deals with.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Policy">Its policy.</param>
public sealed record SavedPolicy(AgentNumber Agent, AdmissionPolicy Policy);

/// <summary>A key that has ended, and what whoever still uses it is told.</summary>
/// <param name="Key">Its thumbprint.</param>
/// <param name="Refusal">Why it opens no session and signs nothing any more.</param>
public sealed record EndedKey(Hash256 Key, AgentKeyRefusal Refusal);
