using System.Diagnostics;

namespace Market.Domain.Approvals;

/// <summary>
/// What the agents of one principal have asked it to approve, and what it answered. What nobody can send again is
/// forgotten.
/// </summary>
public sealed class ApprovalsState
{
    private readonly Dictionary<ApprovalId, Approval> _known = [];
    private readonly Dictionary<(AgentNumber Agent, Hash256 Terms), Approval> _open = [];
    private readonly Dictionary<AgentNumber, int> _pending = [];
    private readonly SortedSet<(LedgerTime EndsAt, Guid Id)> _ends = new(EndOrder.Instance);
    private readonly Queue<Approval> _byAge = new();

    /// <summary>Time of the last event.</summary>
    public LedgerTime LastTime { get; private set; }

    /// <summary>Approvals that are remembered.</summary>
    public int Count => _known.Count;

    /// <summary>The earliest end of what waits or holds; null where nothing does.</summary>
    public LedgerTime? Due => _ends.Count == 0 ? null : _ends.Min.EndsAt;

    /// <summary>What ends first; null where nothing waits or holds.</summary>
    internal Approval? FirstToEnd => _ends.Count == 0 ? null : _known[new ApprovalId(_ends.Min.Id)];

    /// <summary>Requests of an agent that wait.</summary>
    public int PendingOf(AgentNumber agent) => _pending.GetValueOrDefault(agent);

    /// <summary>An approval as agent and principal may see it, or null.</summary>
    public ApprovalRecord? RecordOf(ApprovalId id) => Find(id)?.Record;

    /// <summary>The act that asked for an approval, and when its request ends; null where there is none.</summary>
    public (Negotiating.ActDigest Digest, LedgerTime EndsAt)? RequestOf(ApprovalId id) =>
        Find(id) is { } approval ? (approval.RequestDigest, approval.RequestEndsAt) : null;

    /// <summary>The signed approval of exact terms for an agent that holds at a moment, or null.</summary>
    public GrantedApproval? GrantedFor(AgentNumber agent, Hash256 terms, LedgerTime now) =>
        FindOpen(agent, terms, now)?.Granted;

    /// <summary>What has been asked for, the newest first.</summary>
    /// <param name="agent">Whose; null for all agents'.</param>
    /// <param name="onlyPending">Whether only what waits is wanted.</param>
    /// <param name="after">The last one of the page before, or null.</param>
    /// <param name="countMax">How many at most.</param>
    /// <param name="hasMore">Whether there are more.</param>
    public IReadOnlyList<ApprovalRecord> List(
        AgentNumber? agent, bool onlyPending, ApprovalId? after, int countMax, out bool hasMore)
    {
        var page = new List<ApprovalRecord>();
        hasMore = false;
        var before = after is { } last && Find(last) is { } known ? known.AskedAt : (LedgerTime?)null;
        foreach (var approval in _byAge.Reverse())
        {
            var isWanted = (agent is null || approval.Matter.Agent == agent)
                && (!onlyPending || approval.Status == ApprovalStatus.Pending)
                && (before is null || approval.AskedAt < before);
            if (isWanted && page.Count == countMax)
            {
                hasMore = true;
                break;
            }

            if (isWanted)
            {
                page.Add(approval.Record);
            }
        }

        return page;
    }

    /// <summary>The stream's armed deadline once an event has been folded in.</summary>
    public LedgerTime? DueAfter(ApprovalEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        LedgerTime? own = @event switch
        {
            ApprovalRequested requested => requested.EndsAt,
            ApprovalGranted granted => granted.ExpiresAt,
            _ => null,
        };
        foreach (var (endsAt, id) in _ends)
        {
            if (id != @event.Id.Value)
            {
                return own is { } end && end < endsAt ? end : endsAt;
            }
        }

        return own;
    }

    /// <summary>Folds one event in. Never refuses: what is journalled has happened.</summary>
    public void Apply(ApprovalEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        Debug.Assert(@event.At > LastTime, "Event times of a stream strictly increase (INV-18).");
        LastTime = @event.At;
        Forget();
        switch (@event)
        {
            case ApprovalRequested requested:
                Add(new Approval(requested));
                break;
            case ApprovalGranted granted:
                var approval = Close(granted.Id);
                approval.Answer(ApprovalStatus.Granted, granted.ExpiresAt, granted.Message, granted.Digest);
                approval.Granted = granted.Approval;
                _ends.Add((granted.ExpiresAt, granted.Id.Value));
                break;
            case ApprovalDenied denied:
                Close(denied.Id).Answer(ApprovalStatus.Denied, denied.At, denied.Message, denied.Digest);
                break;
            case ApprovalExpired expired:
                var ended = Close(expired.Id);
                (ended.Status, ended.EndsAt) = (ApprovalStatus.Expired, expired.At);
                break;
            default:
                throw new UnreachableException($"No rule folds {@event.GetType().Name}.");
        }
    }

    /// <summary>An approval, or null.</summary>
    internal Approval? Find(ApprovalId id) => _known.GetValueOrDefault(id);

    /// <summary>What waits or holds for an agent and exact terms at a moment, or null.</summary>
    internal Approval? FindOpen(AgentNumber agent, Hash256 terms, LedgerTime now) =>
        _open.TryGetValue((agent, terms), out var approval) && approval.IsOpen && now < approval.EndsAt
            ? approval
            : null;

    private void Add(Approval approval)
    {
        var agent = approval.Matter.Agent;
        _known.Add(approval.Id, approval);
        _byAge.Enqueue(approval);
        _open[(agent, approval.Matter.TermsHash)] = approval;
        _pending[agent] = PendingOf(agent) + 1;
        _ends.Add((approval.EndsAt, approval.Id.Value));
    }

    /// <summary>Takes what waited or held off the deadlines, and off what waits.</summary>
    private Approval Close(ApprovalId id)
    {
        var approval = _known[id];
        _ends.Remove((approval.EndsAt, id.Value));
        if (approval.Status == ApprovalStatus.Pending)
        {
            _pending[approval.Matter.Agent] = PendingOf(approval.Matter.Agent) - 1;
        }

        return approval;
    }

    private void Forget()
    {
        while (_byAge.TryPeek(out var oldest)
            && !oldest.IsOpen && LastTime - oldest.AskedAt > ApprovalLimits.RememberedFor)
        {
            _byAge.Dequeue();
            _known.Remove(oldest.Id);
            var key = (oldest.Matter.Agent, oldest.Matter.TermsHash);
            if (_open.GetValueOrDefault(key) == oldest)
            {
                _open.Remove(key);
            }
        }
    }

    private sealed class EndOrder : IComparer<(LedgerTime EndsAt, Guid Id)>
    {
        public static EndOrder Instance { get; } = new();

        public int Compare((LedgerTime EndsAt, Guid Id) x, (LedgerTime EndsAt, Guid Id) y) =>
            x.EndsAt.Ticks.CompareTo(y.EndsAt.Ticks) is not 0 and var byTime ? byTime : x.Id.CompareTo(y.Id);
    }
}
