using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>What the parts of one audit share.</summary>
internal sealed class AuditContext(MarketId market, AuditFindings findings, AuditKeys keys, SignatureAudit? signatures)
{
    public MarketId Market { get; } = market;

    public AuditFindings Findings { get; } = findings;

    public AuditKeys Keys { get; } = keys;

    /// <summary>Verifies signatures; null where only the content is read.</summary>
    public SignatureAudit? Signatures { get; } = signatures;

    public AgentsAudit Agents => field ??= new AgentsAudit(this);

    public AgentKeysAudit AgentKeys => field ??= new AgentKeysAudit(this);

    public SessionKeysAudit SessionKeys => field ??= new SessionKeysAudit(this);

    public PrincipalsAudit Principals => field ??= new PrincipalsAudit(this);

    public ApprovalsAudit Approvals => field ??= new ApprovalsAudit(this);

    public DealsAudit Deals => field ??= new DealsAudit(this);

    public CheckpointsAudit Checkpoints => field ??= new CheckpointsAudit(this);

    public EvidenceAudit Evidence => field ??= new EvidenceAudit(this);

    /// <summary>When and where each bidder's latest bid of a tender was recorded so far.</summary>
    public Dictionary<(Guid Tender, AgentNumber Bidder), (Moment At, long Position)> Bids { get; } = [];

    /// <summary>When each tender was revealed so far, and for which request it was.</summary>
    public Dictionary<Guid, (Moment At, Guid Request)> Reveals { get; } = [];
}
