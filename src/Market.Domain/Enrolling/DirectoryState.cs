using Market.Domain.Settling;

namespace Market.Domain.Enrolling;

/// <summary>An agent has registered; its principal is new, or its own from before.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">The agent.</param>
/// <param name="IsNewPrincipal">Whether its principal came with it.</param>
[Wire.WireType(700)]
public sealed record AgentRegistered(LedgerTime At, Agent Agent, bool IsNewPrincipal);

/// <summary>
/// Registers the agent that a session's key stands for. The same key with the same profile is the same agent.
/// </summary>
/// <param name="PublicKey">
/// The SubjectPublicKeyInfo of its P-256 key, DER; the session has proved that it holds the key.
/// </param>
/// <param name="Profile">What it declares.</param>
[Wire.WireType(805)]
public sealed record EnrolAgent(ReadOnlyMemory<byte> PublicKey, AgentProfile Profile);

/// <summary>Who may act in the market: agents by key, principals by handle.</summary>
/// <param name="startingBalance">What the operator deposits to each new buyer's principal, or null.</param>
public sealed class DirectoryState(Money? startingBalance)
{
    private readonly Dictionary<Hash256, Agent> _agentsByKey = [];
    private readonly List<Agent> _agents = [];
    private readonly Dictionary<string, Agent> _principals = new(StringComparer.Ordinal);
    private readonly Dictionary<PrincipalNumber, Agent> _founders = [];
    private readonly PrincipalKeys _principalKeys = new();

    /// <summary>Time of the last event.</summary>
    public LedgerTime LastTime { get; private set; }

    /// <summary>What the ledger has been told and has not answered.</summary>
    public LedgerOutbox Outbox { get; } = new();

    /// <summary>Agents registered so far.</summary>
    public int AgentCount => _agents.Count;

    /// <summary>Principals registered so far.</summary>
    public int PrincipalCount => _principals.Count;

    /// <summary>The agent of a key, or null.</summary>
    public Agent? FindByKey(Hash256 thumbprint) => _agentsByKey.GetValueOrDefault(thumbprint);

    /// <summary>The agent of a number, or null.</summary>
    public Agent? Find(AgentNumber number) =>
        number.Value >= 1 && number.Value <= _agents.Count ? _agents[number.Value - 1] : null;

    /// <summary>The agent that brought a principal's handle into the market, or null.</summary>
    public Agent? FindPrincipal(string handle) => _principals.GetValueOrDefault(handle);

    /// <summary>The agent that brought a principal into the market, or null.</summary>
    public Agent? FindFounder(PrincipalNumber principal) => _founders.GetValueOrDefault(principal);

    /// <summary>A principal with its own key; null where it has none.</summary>
    public EnrolledPrincipal? FindKeyOf(PrincipalNumber principal) => _principalKeys.Find(principal);

    /// <summary>The principal whose own key this is now, or null.</summary>
    public EnrolledPrincipal? FindPrincipalByKey(Hash256 thumbprint) => _principalKeys.FindByKey(thumbprint);

    /// <summary>Whether a key is, or was, a principal's own.</summary>
    public bool IsPrincipalsKey(Hash256 thumbprint) => _principalKeys.IsTaken(thumbprint);

    /// <summary>Folds one event in.</summary>
    public void Apply(AgentRegistered @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        _agentsByKey.Add(@event.Agent.KeyThumbprint, @event.Agent);
        _agents.Add(@event.Agent);
        _principals.TryAdd(@event.Agent.Profile.Principal, @event.Agent);
        _founders.TryAdd(@event.Agent.Principal, @event.Agent);
        if (DepositFor(@event) is { } deposit)
        {
            Outbox.Add(deposit, @event.At);
        }
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(PrincipalKeyEnrolled @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        var handle = _founders[@event.Principal].Profile.Principal;
        _principalKeys.Set(new EnrolledPrincipal(@event.Principal, handle, @event.PublicKey, @event.Revision));
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(LedgerCommandAnswered @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        Outbox.Remove(@event.Command);
    }

    /// <summary>What a registration has the ledger deposit; null where there is nothing to deposit.</summary>
    public Deposit? DepositFor(AgentRegistered @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        var agent = @event.Agent;
        return startingBalance is { } balance && @event.IsNewPrincipal && agent.Profile.Role == AgentRole.Buyer
            ? new Deposit(LedgerCommandIds.For("starting-balance", agent.Principal), agent.Principal, balance)
            : null;
    }
}
