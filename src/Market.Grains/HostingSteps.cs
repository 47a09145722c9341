using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>Asks the directory for an agent's session keys. Answer: <see cref="SessionKeysFound"/>.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="Key">The only one to answer; null for all.</param>
[WireType(862)]
public sealed record FindSessionKeys(AgentNumber Agent, SessionKeyId? Key = null);

/// <summary>Session keys, ended ones too.</summary>
/// <param name="Keys">One each; none where there is none.</param>
[WireType(863)]
public sealed record SessionKeysFound(ValueArray<SessionKeyEntry> Keys);

/// <summary>Asks an agent's grain for its hosted strategies. Answer: <see cref="HostingState"/>.</summary>
[WireType(867)]
public sealed record GetHostings;

/// <summary>The steps of grains in whose streams session keys and hosted strategies are.</summary>
internal static class HostingSteps
{
    /// <summary>What an agent's grain does about a hosted strategy.</summary>
    /// <param name="decision">What was decided.</param>
    /// <param name="command">On what.</param>
    /// <param name="due">The stream's deadline, which this does not change.</param>
    public static GrainStep Of(HostingDecision decision, HostingCommand command, LedgerTime? due) =>
        decision.Refusal is { } refusal ? new GrainStep(Refusals.Of(refusal))
        : new GrainStep(
            new HostingRecorded(command.Hosting, decision.At),
            decision.Event,
            due,
            new Audience(command.Agent, AgentNumber.None));

    /// <summary>What the directory does about a session key.</summary>
    public static GrainStep Of(SessionKeyDecision decision, SessionKeyId key, LedgerTime? due) =>
        decision.Refusal is { } refusal ? new GrainStep(Refusals.Of(refusal))
        : new GrainStep(
            new SessionKeyRecorded(key, decision.At), (object?)decision.Enrolled ?? decision.Revoked, due);

    /// <summary>The directory's answer about an agent's keys.</summary>
    public static GrainStep Find(SessionKeyBook book, FindSessionKeys query) => new(new SessionKeysFound(
        book.Of(query.Agent).Where(entry => query.Key is null || entry.Key.Id == query.Key).ToValueArray()));
}
