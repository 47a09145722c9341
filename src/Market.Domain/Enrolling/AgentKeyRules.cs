namespace Market.Domain.Enrolling;

/// <summary>What the directory makes of a word about an agent's key.</summary>
/// <param name="Event">What to journal, or null.</param>
/// <param name="Refusal">Why not, or null.</param>
/// <param name="Agent">Whose key it is.</param>
/// <param name="Key">The key, as it is once the event is folded in; null with a refusal.</param>
public readonly record struct AgentKeyDecision(
    object? Event, AgentKeyRefusal? Refusal, AgentNumber Agent = default, EnrolledAgentKey? Key = null);

/// <summary>
/// Which keys an agent has. A new key is let in by the key that it replaces, or by the agent's principal; a key is
/// taken back by the agent or by its principal. The principal is its own key, or, while it has none, the agent that
/// brought it into the market.
/// </summary>
public static class AgentKeyRules
{
    /// <summary>Good keys of an agent at once: the current one and those in an overlap.</summary>
    public const int LiveKeysMax = 4;

    /// <summary>Keys that an agent may ever have: a new one a week for ten years, and a bound on its history.</summary>
    public const int KeysMax = 520;

    /// <summary>Decides about a new key. The same key again is the same enrolment.</summary>
    public static AgentKeyDecision Decide(DirectoryState state, EnrolAgentKey command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        if (AgentKeyDocument.Read(command.Document.Span) is not { } document)
        {
            return Refuse(AgentKeyRefusal.AgentKeyDocumentIsInvalid);
        }

        var key = Hash256.Of(document.PublicKey.Span);
        if (state.AgentKeys.OwnerOf(key) == document.Agent)
        {
            return new AgentKeyDecision(null, null, document.Agent, state.AgentKeys.Find(key));
        }

        if (Refuse(state, document, key, command.AuthorizedBy, now) is { } refusal)
        {
            return Refuse(refusal);
        }

        // From here on nothing may fail.
        return new AgentKeyDecision(
            new AgentKeyEnrolled(
                now, document.Agent, document.PublicKey, document.Replaces,
                document.Replaces is null ? null : now + document.Overlap,
                command.Document, command.Proof, command.Authorization, command.AuthorizedBy),
            null,
            document.Agent,
            new EnrolledAgentKey(key, document.PublicKey, now));
    }

    /// <summary>Decides a revocation; of a key that has ended already, the answer is when it did.</summary>
    public static AgentKeyDecision Decide(DirectoryState state, RevokeAgentKey command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        if (state.Find(command.Agent) is not { } agent || !MayStop(state, command.Asker, agent))
        {
            return Refuse(AgentKeyRefusal.AgentUnknown);
        }

        if (state.AgentKeys.OwnerOf(command.Key) != agent.Number)
        {
            return Refuse(AgentKeyRefusal.AgentKeyUnknown);
        }

        var key = state.AgentKeys.Find(command.Key)!;
        return !key.IsLive
            ? new AgentKeyDecision(null, null, agent.Number, key)
            : new AgentKeyDecision(
                new AgentKeyRevoked(
                    now, agent.Number, command.Key, command.Reason, command.Asker.Agent != agent.Number),
                null,
                agent.Number,
                key with { EndedAt = now, Revoked = command.Reason });
    }

    /// <summary>The end of a key whose overlap is over; null where none is.</summary>
    public static AgentKeyRetired? DecideEnd(DirectoryState state, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.AgentKeys.FindOver(now) is var (agent, key) ? new AgentKeyRetired(now, agent, key) : null;
    }

    /// <summary>Whether a session speaks for an agent's principal.</summary>
    public static bool IsPrincipal(DirectoryState state, KeyAsker asker, Agent agent)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(agent);
        return asker.Principal == agent.Principal
            && (asker.Agent == AgentNumber.None
                || (state.FindKeyOf(agent.Principal) is null
                    && state.FindFounder(agent.Principal)?.Number == asker.Agent));
    }

    /// <summary>
    /// The keys that speak for a principal now: its own, or, while it has none, those of the agent that brought it.
    /// </summary>
    public static IEnumerable<ReadOnlyMemory<byte>> KeysOf(DirectoryState state, PrincipalNumber principal)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.FindKeyOf(principal) is { } own ? [own.PublicKey]
            : state.FindFounder(principal) is { } founder
                ? state.AgentKeys.Of(founder.Number).Where(static key => key.IsLive).Select(static key => key.PublicKey)
            : [];
    }

    private static bool MayStop(DirectoryState state, KeyAsker asker, Agent agent) =>
        asker.Agent == agent.Number || IsPrincipal(state, asker, agent);

    private static AgentKeyRefusal? Refuse(
        DirectoryState state, AgentKeyDocument document, Hash256 key, Hash256 authorizedBy, LedgerTime now)
    {
        var keys = state.AgentKeys;
        return state.Find(document.Agent) is not { } agent ? AgentKeyRefusal.AgentUnknown
            : keys.OwnerOf(key) is not null || state.IsPrincipalsKey(key) ? AgentKeyRefusal.AgentKeyIsTaken
            : document.Replaces is { } replaced && !keys.IsLive(agent.Number, replaced)
                ? AgentKeyRefusal.AgentKeyUnknown
            : !IsAuthorized(state, agent, document.Replaces, authorizedBy) ? AgentKeyRefusal.AgentKeyNotAuthorized
            : now >= document.ExpiresAt || document.ExpiresAt > now + AgentKeyDocument.ValidityMax
                ? AgentKeyRefusal.AgentKeyDocumentHasExpired
            : document.Overlap < TimeSpan.Zero || document.Overlap > AgentKeyDocument.OverlapMax
                ? AgentKeyRefusal.OverlapOutOfRange
            : keys.Of(agent.Number).Count >= KeysMax
                || keys.Of(agent.Number).Count(static known => known.IsLive) >= LiveKeysMax
                ? AgentKeyRefusal.TooManyAgentKeys
            : null;
    }

    private static bool IsAuthorized(DirectoryState state, Agent agent, Hash256? replaced, Hash256 authorizedBy) =>
        replaced == authorizedBy
        || KeysOf(state, agent.Principal).Any(key => Hash256.Of(key.Span) == authorizedBy
            && state.AgentKeys.OwnerOf(authorizedBy) != agent.Number);

    private static AgentKeyDecision Refuse(AgentKeyRefusal refusal) => new(null, refusal);
}
