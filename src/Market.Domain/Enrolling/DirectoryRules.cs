namespace Market.Domain.Enrolling;

/// <summary>What the directory makes of an enrolment.</summary>
/// <param name="Event">The registration, or null.</param>
/// <param name="Refusal">Why not, or null.</param>
/// <param name="Known">The agent that is registered already with the same key and profile, or null.</param>
public readonly record struct EnrolmentDecision(AgentRegistered? Event, EnrolmentRefusal? Refusal, Agent? Known);

/// <summary>Who may register. One key is one agent; a principal's handle belongs to the key that brought it.</summary>
public static class DirectoryRules
{
    /// <summary>Decides an enrolment.</summary>
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

        var refusal =
            state.IsPrincipalsKey(thumbprint) ? EnrolmentRefusal.KeyIsAPrincipals
            : !IsValid(command.Profile) ? EnrolmentRefusal.ProfileIsInvalid
            : !IsDisclosed(command.Profile.Disclosure) ? EnrolmentRefusal.DisclosureRequired
            : state.FindPrincipal(command.Profile.Principal) is not null ? EnrolmentRefusal.PrincipalBelongsToAnotherKey
            : (EnrolmentRefusal?)null;
        if (refusal is not null)
        {
            return new EnrolmentDecision(null, refusal, null);
        }

        // From here on nothing may fail.
        var agent = new Agent(
            new AgentNumber(state.AgentCount + 1),
            new PrincipalNumber(state.PrincipalCount + 1),
            thumbprint,
            command.PublicKey,
            command.Profile);
        return new EnrolmentDecision(new AgentRegistered(now, agent, IsNewPrincipal: true), null, null);
    }

    private static bool IsValid(AgentProfile profile) =>
        Names.IsValid(profile.Name) && Names.IsHandle(profile.Principal) && Enum.IsDefined(profile.Role);

    private static bool IsDisclosed(Disclosure disclosure) =>
        disclosure.DeclaredAi
        && Names.IsValid(disclosure.Operator)
        && Names.IsValid(disclosure.Model)
        && (disclosure.Version.Length == 0 || Names.IsValid(disclosure.Version));
}
