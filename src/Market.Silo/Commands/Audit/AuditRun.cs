using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// One pass over the rows in commit order. Of each row: its place, its hash, its time, whose stream it is in, and then
/// what its event means. Kept in memory are streams, accounts, deals and the versions of listings, never rows.
/// </summary>
internal sealed class AuditRun
{
    private readonly AuditContext _context;
    private readonly ChainAudit _chain;
    private readonly ListingsAudit _listings;

    public AuditRun(AuditContext context, StreamsAudit streams, Action<LedgerMovement>? moved = null)
    {
        _context = context;
        _chain = new ChainAudit(context.Market);
        _listings = new ListingsAudit(context.Findings);
        Streams = streams;
        Ledger = new LedgerAudit(context) { Moved = moved };
    }

    public StreamsAudit Streams { get; }

    public LedgerAudit Ledger { get; }

    public bool IsChainVerified => _chain.IsVerified;

    public long Rows { get; private set; }

    public long Entries { get; private set; }

    /// <summary>Lets reversals look at the entries that they take back, which are read once more.</summary>
    public void RecallFrom(AuditStore store)
    {
        var ledger = Streams.Find(StreamKind.Ledger, Guid.Empty)?.Number ?? 0;
        Ledger.Reversals.Recall = entry => store.ReadVersion(ledger, entry)
            .Select(static row => StoredEventReader.Read(row.Body)).FirstOrDefault() as LedgerEntry;
    }

    /// <summary>Told of every event that could be read; for showing them.</summary>
    public Action<StoredStream, StoredRow, object>? Read { get; init; }

    public void Take(StoredRow row)
    {
        Rows++;
        var stream = Streams.Follow(row);
        var isEntry = stream?.Kind == StreamKind.Ledger;
        Entries += isEntry ? 1 : 0;
        if (row.Defect is { } defect)
        {
            _context.Findings.Add(row, defect);
        }

        if (isEntry)
        {
            _context.Checkpoints.Take(row);
        }

        var head = _chain.Head;
        _context.Findings.Require(row, row.DueAt != 0, "Its deadline is 0; none is stored as null.");
        if (_chain.FindDifference(row, isEntry) is { } expected)
        {
            _context.Findings.Add(row, $"Its hash is {Convert.ToHexStringLower(row.Hash)} and should be {expected}.");
        }

        if (stream is not null && !stream.IsBroken)
        {
            Follow(stream, row, head);
        }
    }

    private void Follow(StoredStream stream, StoredRow row, Hash32 head)
    {
        try
        {
            var @event = StoredEventReader.Read(row.Body);
            Dispatch(stream, @event, row);
            if (@event is CheckpointExported exported)
            {
                RequireCheckpoint(exported, row, head);
            }

            Read?.Invoke(stream, row, @event);
        }
        catch (UnreadableException error)
        {
            // What its later rows mean is not known; their places and hashes are checked all the same.
            stream.IsBroken = true;
            _context.Findings.Add(row, $"Its event cannot be read: {error.Message}");
        }
        catch (Exception error) when (error is ArithmeticException or ArgumentException or InvalidOperationException
            or NullReferenceException or IndexOutOfRangeException)
        {
            stream.IsBroken = true;
            _context.Findings.Add(row, $"Its event makes no sense: {error.Message}");
        }
    }

    private void Dispatch(StoredStream stream, object @event, StoredRow row)
    {
        switch (stream.Kind, @event)
        {
            case (StreamKind.Ledger, LedgerEntry entry):
                Begin(stream, entry.At, Guid.Empty, row);
                RequireAudience(default, default, row);
                Ledger.Take(entry, row);
                break;
            case (StreamKind.Negotiation, NegotiationFact fact):
                Begin(stream, fact.At, fact.Negotiation.Value, row);
                FollowNegotiation(stream, fact, row);
                break;
            case (StreamKind.Tender, TenderFact fact):
                Begin(stream, fact.At, fact.Tender, row);
                FollowTender(stream, fact, row);
                break;
            case (StreamKind.Buyer or StreamKind.Seller, HostingFact hosting):
                Begin(stream, hosting.At, KeyOf(hosting.Agent), row);
                RequireAudience(hosting.Agent, default, row);
                break;
            case (StreamKind.Approvals, ApprovalFact fact):
                Begin(stream, fact.At, stream.Key, row);
                _context.Approvals.Take(fact, PrincipalOf(stream.Key), row);
                RequireAudience(_context.Approvals.AgentOf(fact.Id), default, row);
                break;
            case (StreamKind.Buyer, RequestAdded added):
                Begin(stream, added.At, KeyOf(added.Agent), row);
                RequireAudience(default, default, row);
                break;
            case (StreamKind.Seller, ListingFact fact):
                Begin(stream, fact.At, fact.Seller is { } seller ? KeyOf(seller) : stream.Key, row);
                RequireAudience(default, default, row);
                _listings.Take(fact, stream.Key, row);
                break;
            case (StreamKind.Directory, DirectoryFact fact):
                Begin(stream, fact.At, Guid.Empty, row);
                RequireAudience(default, default, row);
                FollowDirectory(fact, row);
                break;
            case (StreamKind.Directory or StreamKind.Buyer or StreamKind.Seller, LedgerCommandAnswered answered):
                Begin(stream, answered.At, stream.Key, row);
                RequireAudience(default, default, row);
                break;
            default:
                _context.Findings.Add(row, $"A {@event.GetType().Name} has no place in a stream of a {stream.Kind}.");
                break;
        }
    }

    private void FollowDirectory(DirectoryFact fact, StoredRow row)
    {
        switch (fact)
        {
            case AgentRegistered registered:
                _context.Agents.Take(registered, row);
                break;
            case SessionKeyEnrolled enrolled:
                _context.SessionKeys.Take(enrolled, row);
                break;
            case SessionKeyRevoked revoked:
                _context.SessionKeys.Take(revoked, row);
                break;
            case PrincipalKeyEnrolled enrolled:
                _context.Principals.Take(enrolled, row);
                break;
            case AgentKeyEnrolled enrolled:
                _context.AgentKeys.Take(enrolled, row);
                break;
            case AgentKeyRetired retired:
                _context.AgentKeys.Take(retired, row);
                break;
            case AgentKeyRevoked revoked:
                _context.AgentKeys.Take(revoked, row);
                break;
        }
    }

    private void Begin(StoredStream stream, Moment at, Guid key, StoredRow row)
    {
        Streams.Date(stream, at.Ticks, row);
        _context.Findings.Require(row, stream.Key == key, $"Its event is of {key}, and its stream of {stream.Key}.");
    }

    private void FollowNegotiation(StoredStream stream, NegotiationFact fact, StoredRow row)
    {
        if (stream.HasEnded)
        {
            _context.Findings.Add(row, $"{fact.GetType().Name} follows the negotiation's end.");
            return;
        }

        var negotiation = stream.Negotiation ??= new NegotiationAudit(fact.Negotiation, _context);
        stream.HasEnded = !negotiation.Take(fact, row);
        if (negotiation.Buyer is { } buyer && negotiation.Seller is { } seller)
        {
            RequireAudience(buyer.Agent, seller.Agent, row);
        }

        if (stream.HasEnded)
        {
            stream.Negotiation = null;
        }
    }

    private void FollowTender(StoredStream stream, TenderFact fact, StoredRow row)
    {
        if (stream.HasEnded)
        {
            _context.Findings.Add(row, $"{fact.GetType().Name} follows the tender's end.");
            return;
        }

        var tender = stream.Tender ??= new TenderAudit(fact.Tender, _context);
        if (!tender.Take(fact, row))
        {
            stream.HasEnded = true;
            stream.Tender = null;
        }
    }

    private void RequireCheckpoint(CheckpointExported exported, StoredRow row, Hash32 head) =>
        _context.Findings.Require(
            row, exported.Entry == row.Version - 1 && exported.Head == head,
            $"It says that entry {exported.Entry} has the hash {exported.Head}; entry {row.Version - 1} has {head}.");

    private void RequireAudience(AgentNumber first, AgentNumber second, StoredRow row) =>
        _context.Findings.Require(
            row, row.AudienceFirst == first.Value && row.AudienceSecond == second.Value,
            $"Its audience is {row.AudienceFirst} and {row.AudienceSecond}, not {first.Value} and {second.Value}.");

    // A stream of approvals has its principal's number for a key.
    private static PrincipalNumber PrincipalOf(Guid key) =>
        BitConverter.ToInt32(key.ToByteArray()) is var number && KeyOf(new AgentNumber(number)) == key
            ? new PrincipalNumber(number)
            : default;

    private static Guid KeyOf(AgentNumber agent) => new(agent.Value, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
