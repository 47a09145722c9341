namespace Market.Domain.Admitting;

/// <summary>What the directory makes of an agent's policy.</summary>
/// <param name="Event">What to journal, or null.</param>
/// <param name="Refusal">Why not, or null.</param>
/// <param name="At">When it was set, now or before.</param>
public readonly record struct AdmissionSetting(AdmissionSet? Event, AdmissionRefusal? Refusal, LedgerTime At);

/// <summary>The policies of agents, the latest of each.</summary>
public sealed class AdmissionBook
{
    private readonly Dictionary<AgentNumber, AdmissionSet> _latest = [];

    /// <summary>What an agent said last; null where it has said nothing.</summary>
    public AdmissionSet? Find(AgentNumber agent) => _latest.GetValueOrDefault(agent);

    /// <summary>Every agent's latest.</summary>
    public IEnumerable<AdmissionSet> All => _latest.Values;

    /// <summary>Folds one event in.</summary>
    public void Apply(AdmissionSet @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        _latest[@event.Agent] = @event;
    }

    /// <summary>Decides a change. The same policy under the same revision again is the same change.</summary>
    public AdmissionSetting Decide(SetAgentAdmission command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(command);
        var known = Find(command.Agent);
        if (known is not null && known.Revision == command.Revision && known.Policy == command.Policy)
        {
            return new AdmissionSetting(null, null, known.At);
        }

        AdmissionRefusal? refusal =
            command.Policy is { } policy && !AdmissionRules.IsValid(policy) ? AdmissionRefusal.PolicyIsInvalid
            : (known?.Revision ?? 0) is var revision && (revision == int.MaxValue || command.Revision != revision + 1)
                ? AdmissionRefusal.PolicyRevisionIsStale
            : null;
        return refusal is not null
            ? new AdmissionSetting(null, refusal, default)
            : new AdmissionSetting(
                new AdmissionSet(now, command.Agent, command.Revision, command.Policy), null, now);
    }
}
