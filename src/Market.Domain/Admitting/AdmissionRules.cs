using Market.Domain.Enrolling;

namespace Market.Domain.Admitting;

/// <summary>Who is admitted by a policy.</summary>
public static class AdmissionRules
{
    private const char AnyEnd = '*';

    /// <summary>The first rule that an agent does not meet, or null where it is admitted.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="profile">What the agent has declared.</param>
    /// <param name="hasPrincipalKey">Whether its principal has a key of its own.</param>
    public static AdmissionRefusal? Decide(AdmissionPolicy policy, AgentProfile profile, bool hasPrincipalKey)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(profile);
        var (said, principal) = (profile.Disclosure, profile.Principal);
        return policy.DemandsDeclaredAi && !said.DeclaredAi ? AdmissionRefusal.AiNotDeclared
            : policy.DemandsOperator && IsEmpty(said.Operator) ? AdmissionRefusal.OperatorNotDeclared
            : policy.DemandsModel && IsEmpty(said.Model) ? AdmissionRefusal.ModelNotDeclared
            : policy.DemandsVersion && IsEmpty(said.Version) ? AdmissionRefusal.VersionNotDeclared
            : policy.DemandsPrincipalKey && !hasPrincipalKey ? AdmissionRefusal.PrincipalKeyRequired
            : Names(policy.OperatorsRefused, said.Operator) ? AdmissionRefusal.OperatorIsRefused
            : Excludes(policy.OperatorsAllowed, said.Operator) ? AdmissionRefusal.OperatorIsNotListed
            : Names(policy.ModelsRefused, said.Model) ? AdmissionRefusal.ModelIsRefused
            : Excludes(policy.ModelsAllowed, said.Model) ? AdmissionRefusal.ModelIsNotListed
            : Names(policy.PrincipalsRefused, principal) ? AdmissionRefusal.PrincipalIsRefused
            : Excludes(policy.PrincipalsAllowed, principal) ? AdmissionRefusal.PrincipalIsNotListed
            : null;
    }

    /// <summary>Whether a policy can be one: bounded, and each entry something that an agent could declare.</summary>
    public static bool IsValid(AdmissionPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var count = policy.OperatorsAllowed.Count + policy.OperatorsRefused.Count + policy.ModelsAllowed.Count
            + policy.ModelsRefused.Count + policy.PrincipalsAllowed.Count + policy.PrincipalsRefused.Count;
        return count <= AdmissionPolicy.EntriesMax
            && policy.OperatorsAllowed.Concat(policy.OperatorsRefused)
                .Concat(policy.ModelsAllowed).Concat(policy.ModelsRefused).All(Domain.Names.IsValid)
            && policy.PrincipalsAllowed.Concat(policy.PrincipalsRefused).All(Domain.Names.IsHandle);
    }

    private static bool Excludes(ValueArray<string> allowed, string said) => allowed.Count > 0 && !Names(allowed, said);

    private static bool Names(ValueArray<string> entries, string said)
    {
        foreach (var entry in entries.AsSpan())
        {
            var isMet = entry[^1] == AnyEnd
                ? said.AsSpan().StartsWith(entry.AsSpan()[..^1], StringComparison.OrdinalIgnoreCase)
                : said.Equals(entry, StringComparison.OrdinalIgnoreCase);
            if (isMet)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEmpty(string said) => string.IsNullOrWhiteSpace(said);
}
