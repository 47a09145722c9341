using Market.Domain;
using Market.Domain.Admitting;
using Market.Domain.Enrolling;
using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Watching;

namespace Market.Grains.Enrolling;

/// <summary>
/// Follows the journal for what the gateway asks of the directory at every turn: which keys have just ended, which
/// principals have a key of their own, which agent brought a principal, and whom each agent deals with.
/// <para>How old it can be: it takes each row before the row's own caller is answered, so whoever has the answer to a
/// change finds it here.</para>
/// </summary>
/// <param name="journal">The journal it follows.</param>
public sealed class DirectoryWatch(IJournal journal) : JournalProjection(journal, "directory", SaveEvery)
{
    private const int SaveEvery = 100_000;

    private static readonly int[] Followed =
    [
        WireCatalog.NumberOf(typeof(AgentRegistered)),
        WireCatalog.NumberOf(typeof(PrincipalKeyEnrolled)),
        WireCatalog.NumberOf(typeof(AgentKeyEnrolled)),
        WireCatalog.NumberOf(typeof(AgentKeyRetired)),
        WireCatalog.NumberOf(typeof(AgentKeyRevoked)),
        WireCatalog.NumberOf(typeof(AdmissionSet)),
    ];

    private readonly Dictionary<PrincipalNumber, AgentNumber> _founders = [];
    private readonly HashSet<PrincipalNumber> _withKeys = [];
    private readonly Dictionary<AgentNumber, AdmissionPolicy> _policies = [];

    /// <summary>
    /// Called when the keys of an agent have changed, on the journal's thread: with the key that has ended by it, or
    /// null. Must neither block nor throw.
    /// </summary>
    public Action<AgentNumber, EndedKey?>? KeysChanged { get; set; }

    /// <summary>Whether a principal has a key of its own, which no agent has.</summary>
    public bool HasOwnKey(PrincipalNumber principal)
    {
        lock (Gate)
        {
            return _withKeys.Contains(principal);
        }
    }

    /// <summary>
    /// Whether an agent is its own principal: it brought it, and the principal has no key of its own.
    /// </summary>
    public bool IsOwnPrincipal(Agent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        lock (Gate)
        {
            return !_withKeys.Contains(agent.Principal) && _founders.GetValueOrDefault(agent.Principal) == agent.Number;
        }
    }

    /// <summary>Whom an agent deals with; null for everybody.</summary>
    public AdmissionPolicy? PolicyOf(AgentNumber agent)
    {
        lock (Gate)
        {
            return _policies.GetValueOrDefault(agent);
        }
    }

    /// <inheritdoc/>
    protected override void Apply(JournalRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (!Followed.AsSpan().Contains(NegotiationRows.NumberOf(row)))
        {
            return;
        }

        switch (WireCatalog.DecodeTagged(row.Body.Span))
        {
            case AgentRegistered registered:
                Take(registered);
                break;
            case PrincipalKeyEnrolled enrolled:
                _withKeys.Add(enrolled.Principal);
                break;
            case AdmissionSet { Policy: { } policy } set:
                _policies[set.Agent] = policy;
                break;
            case AdmissionSet set:
                _policies.Remove(set.Agent);
                break;
            case AgentKeyEnrolled { Replaced: { } key, ReplacedEndsAt: { } end } enrolled:
                KeysChanged?.Invoke(
                    enrolled.Agent, end > enrolled.At ? null : new EndedKey(key, AgentKeyRefusal.KeyHasEnded));
                break;
            case AgentKeyEnrolled enrolled:
                KeysChanged?.Invoke(enrolled.Agent, null);
                break;
            case AgentKeyRetired retired:
                KeysChanged?.Invoke(retired.Agent, new EndedKey(retired.Key, AgentKeyRefusal.KeyHasEnded));
                break;
            case AgentKeyRevoked revoked:
                KeysChanged?.Invoke(revoked.Agent, new EndedKey(revoked.Key, AgentKeyRefusal.KeyRevoked));
                break;
        }
    }

    /// <inheritdoc/>
    protected override byte[] Save() => WireFormat.Encode(new SavedDirectoryWatch(
        _founders.Select(static pair => new SavedFounder(pair.Key, pair.Value)).ToValueArray(),
        _withKeys.ToValueArray(),
        _policies.Select(static pair => new SavedPolicy(pair.Key, pair.Value)).ToValueArray()));

    /// <inheritdoc/>
    protected override bool TryLoad(ReadOnlySpan<byte> state)
    {
        SavedDirectoryWatch saved;
        try
        {
            saved = WireFormat.Decode<SavedDirectoryWatch>(state);
        }
        catch (WireFormatException)
        {
            return false; // another version's form: the journal is read from its start instead
        }

        foreach (var founder in saved.Founders)
        {
            _founders[founder.Principal] = founder.Agent;
        }

        _withKeys.UnionWith(saved.WithKeys);
        foreach (var policy in saved.Policies)
        {
            _policies[policy.Agent] = policy.Policy;
        }

        return true;
    }

    private void Take(AgentRegistered registered)
    {
        var agent = registered.Agent;
        _founders.TryAdd(agent.Principal, agent.Number);
        if (registered is { IsNewPrincipal: true, Enrolment: { } enrolment }
            && Hash256.Of(enrolment.PublicKey.Span) != agent.KeyThumbprint)
        {
            _withKeys.Add(agent.Principal);
        }
    }
}
