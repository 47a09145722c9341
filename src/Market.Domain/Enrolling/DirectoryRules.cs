using Market.Domain.Admitting;

namespace Market.Domain.Enrolling;

/// <summary>What the directory makes of an enrolment.</summary>
/// <param name="Event">The registration, or null.</param>
/// <param name="Refusal">Why not, or null.</param>
/// <param name="Known">The agent that is registered already with the same key and profile, or null.</param>
/// <param name="Denied">That the market's policy has kept it out, or null.</param>
public readonly record struct EnrolmentDecision(
    AgentRegistered? Event, EnrolmentRefusal? Refusal, Agent? Known, AdmissionDenied? Denied = null);

/// <summary>
/// Who may register. One key is one agent. A principal's handle belongs to the key that brought it: the principal's
/// own, or the first agent's where the agent is its own principal; that key signs for every further agent.
/// </summary>
public static class DirectoryRules
{
    /// <summary>Agents of one principal: far more than anybody runs, and a bound on what one key may fill up.</summary>
    public const int AgentsPerPrincipalMax = 256;

    /// <summary>Decides an enrolment, whose signature the gateway has verified.</summary>
    public static EnrolmentDecision Decide(DirectoryState state, EnrolAgent command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        var thumbprint = Hash256.Of(command.PublicKey.Span);
        if (state.FindByKey(thumbprint) is { } known)
        {
            return known.Profile == command.Profile
                ? new EnrolmentDecision(null, null, known)
                : new EnrolmentDecision(null, EnrolmentRefusal.KeyRegisteredWithAnotherProfile, null);
        }

        var profile = command.Profile;
        var refusal =
            state.IsPrincipalsKey(thumbprint) ? EnrolmentRefusal.KeyIsAPrincipals
            : !IsValid(profile) ? EnrolmentRefusal.ProfileIsInvalid
            : !IsDisclosed(profile.Disclosure) ? EnrolmentRefusal.DisclosureRequired
            : Refuse(command, thumbprint, now)
                ?? RefusePrincipal(state, profile.Principal, thumbprint, SignerOf(command, thumbprint));
        if (refusal is not null)
        {
            return new EnrolmentDecision(null, refusal, null);
        }

        if (command.Policy is { } policy
            && AdmissionRules.Decide(policy, profile, HasPrincipalKey(state, command, thumbprint)) is { } rule)
        {
            return new EnrolmentDecision(
                null, null, null, new AdmissionDenied(now, thumbprint, profile, rule, policy.Hash()));
        }

        // From here on nothing may fail.
        var founder = state.FindPrincipal(profile.Principal);
        var agent = new Agent(
            new AgentNumber(state.AgentCount + 1),
            founder?.Principal ?? new PrincipalNumber(state.PrincipalCount + 1),
            thumbprint,
            command.PublicKey,
            profile);
        return new EnrolmentDecision(
            new AgentRegistered(now, agent, founder is null, command.Enrolment, command.Policy?.Hash()), null, null);
    }

    /// <summary>What is wrong with the enrolment itself, or null.</summary>
    private static EnrolmentRefusal? Refuse(EnrolAgent command, Hash256 thumbprint, LedgerTime now) =>
        command.Enrolment is not { } signed ? null
        : Enrolment.Read(signed.Document.Span) is not { } enrolment ? EnrolmentRefusal.EnrolmentIsInvalid
        : enrolment.AgentKey != thumbprint ? EnrolmentRefusal.EnrolmentIsForAnotherKey
        : enrolment.Profile != command.Profile ? EnrolmentRefusal.EnrolmentProfileDiffers
        : now < enrolment.NotBefore ? EnrolmentRefusal.EnrolmentNotYetValid
        : now >= enrolment.ExpiresAt ? EnrolmentRefusal.EnrolmentHasExpired
        : enrolment.ExpiresAt > now + Enrolment.ValidityMax ? EnrolmentRefusal.EnrolmentValidityOutOfRange
        : null;

    /// <summary>Why a key may not sign for an agent of a principal, or null.</summary>
    private static EnrolmentRefusal? RefusePrincipal(
        DirectoryState state, string handle, Hash256 agentKey, Hash256 signer)
    {
        if (state.FindPrincipal(handle) is { } founder)
        {
            return !AgentKeyRules.KeysOf(state, founder.Principal).Any(key => Hash256.Of(key.Span) == signer)
                    ? EnrolmentRefusal.PrincipalBelongsToAnotherKey
                : state.CountOf(founder.Principal) >= AgentsPerPrincipalMax ? EnrolmentRefusal.TooManyAgents
                : null;
        }

        return signer != agentKey && (state.AgentKeys.OwnerOf(signer) is not null || state.IsPrincipalsKey(signer))
            ? EnrolmentRefusal.EnrolmentKeyIsTaken
            : null;
    }

    private static bool HasPrincipalKey(DirectoryState state, EnrolAgent command, Hash256 thumbprint) =>
        state.FindPrincipal(command.Profile.Principal) is { } founder
            ? state.FindKeyOf(founder.Principal) is not null
            : SignerOf(command, thumbprint) != thumbprint;

    private static Hash256 SignerOf(EnrolAgent command, Hash256 thumbprint) =>
        command.Enrolment is { } signed ? Hash256.Of(signed.PublicKey.Span) : thumbprint;

    private static bool IsValid(AgentProfile profile) =>
        Names.IsValid(profile.Name) && Names.IsHandle(profile.Principal) && Enum.IsDefined(profile.Role);

    private static bool IsDisclosed(Disclosure disclosure) =>
        disclosure.DeclaredAi
        && Names.IsValid(disclosure.Operator)
        && Names.IsValid(disclosure.Model)
        && (disclosure.Version.Length == 0 || Names.IsValid(disclosure.Version));
}
