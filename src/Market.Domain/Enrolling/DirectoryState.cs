using Market.Domain.Admitting;
using Market.Domain.Settling;

namespace Market.Domain.Enrolling;

/// <summary>An agent has registered; its principal is new, or its own from before.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">The agent.</param>
/// <param name="IsNewPrincipal">Whether its principal came with it.</param>
/// <param name="Enrolment">
/// What its principal signed, exactly; null in journals of before there were enrolments. Where the principal is new and
/// another key than the agent's has signed, that key is the principal's own from now on, its first.
/// </param>
/// <param name="AdmittedBy">Hash of the market's policy that admitted it; null where there was none.</param>
[Wire.WireType(700)]
public sealed record AgentRegistered(
    LedgerTime At,
    Agent Agent,
    bool IsNewPrincipal,
    SignedEnrolment? Enrolment = null,
    Hash256? AdmittedBy = null);

/// <summary>
/// Registers the agent that a session's key stands for. The same key with the same profile is the same agent.
/// </summary>
/// <param name="PublicKey">
/// The SubjectPublicKeyInfo of its P-256 key, DER; the session has proved that it holds the key.
/// </param>
/// <param name="Profile">What it declares.</param>
/// <param name="Enrolment">
/// What its principal signed; the gateway has verified the signature, and takes no registration without.
/// </param>
/// <param name="Policy">Whom the market admits; null for everybody.</param>
[Wire.WireType(805)]
public sealed record EnrolAgent(
    ReadOnlyMemory<byte> PublicKey,
    AgentProfile Profile,
    SignedEnrolment? Enrolment = null,
    AdmissionPolicy? Policy = null);

/// <summary>Who may act in the market: agents by key, principals by handle.</summary>
/// <param name="startingBalance">What the operator deposits to each new buyer's principal, or null.</param>
public sealed class DirectoryState(Money? startingBalance)
{
    private readonly List<Agent> _agents = [];
    private readonly Dictionary<PrincipalNumber, int> _counts = [];
    private readonly Dictionary<string, Agent> _principals = new(StringComparer.Ordinal);
    private readonly Dictionary<PrincipalNumber, Agent> _founders = [];
    private readonly PrincipalKeys _principalKeys = new();

    /// <summary>Time of the last event.</summary>
    public LedgerTime LastTime { get; private set; }

    /// <summary>What the ledger has been told and has not answered.</summary>
    public LedgerOutbox Outbox { get; } = new();

    /// <summary>The session keys of all agents.</summary>
    public SessionKeyBook SessionKeys { get; } = new();

    /// <summary>The keys of all agents.</summary>
    public AgentKeyBook AgentKeys { get; } = new();

    /// <summary>Whom agents deal with.</summary>
    public AdmissionBook Admissions { get; } = new();

    /// <summary>Agents registered so far.</summary>
    public int AgentCount => _agents.Count;

    /// <summary>Principals registered so far.</summary>
    public int PrincipalCount => _principals.Count;

    /// <summary>Agents of a principal, registered so far.</summary>
    public int CountOf(PrincipalNumber principal) => _counts.GetValueOrDefault(principal);

    /// <summary>The agent whose key this is, or was; or null.</summary>
    public Agent? FindByKey(Hash256 thumbprint) =>
        AgentKeys.OwnerOf(thumbprint) is { } owner ? Find(owner) : null;

    /// <summary>A principal's agents.</summary>
    public IEnumerable<Agent> AgentsOf(PrincipalNumber principal) =>
        _agents.Where(agent => agent.Principal == principal);

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
        var agent = @event.Agent;
        AgentKeys.Apply(@event);
        _agents.Add(agent);
        _counts[agent.Principal] = CountOf(agent.Principal) + 1;
        _principals.TryAdd(agent.Profile.Principal, agent);
        _founders.TryAdd(agent.Principal, agent);
        if (@event is { IsNewPrincipal: true, Enrolment: { } enrolment }
            && Hash256.Of(enrolment.PublicKey.Span) != agent.KeyThumbprint)
        {
            _principalKeys.Set(new EnrolledPrincipal(
                agent.Principal, agent.Profile.Principal, enrolment.PublicKey, Revision: 1));
        }

        if (DepositFor(@event) is { } deposit)
        {
            Outbox.Add(deposit, @event.At);
        }
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(SessionKeyEnrolled @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        SessionKeys.Apply(@event);
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(SessionKeyRevoked @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        SessionKeys.Apply(@event);
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
    public void Apply(AgentKeyEnrolled @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        AgentKeys.Apply(@event);
        var place = @event.Agent.Value - 1;
        _agents[place] = _agents[place] with
        {
            KeyThumbprint = Hash256.Of(@event.PublicKey.Span),
            PublicKey = @event.PublicKey,
        };
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(AgentKeyRetired @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        AgentKeys.Apply(@event);
    }

    /// <summary>Folds one event in: whoever takes a key of an agent back ends its session keys too.</summary>
    public void Apply(AgentKeyRevoked @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        AgentKeys.Apply(@event);
        SessionKeys.EndAll(@event.Agent, @event.At);
    }

    /// <summary>Folds one event in.</summary>
    public void Apply(AdmissionSet @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
        Admissions.Apply(@event);
    }

    /// <summary>Folds one event in: it is on record, and nothing follows from it.</summary>
    public void Apply(AdmissionDenied @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LastTime = @event.At;
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
