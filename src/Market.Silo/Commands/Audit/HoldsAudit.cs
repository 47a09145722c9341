using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>A hold that is open: of a command, or all legs of a deal until delivery.</summary>
internal sealed record AuditedHold(
    long Entry, Moment ExpiresAt, Items<Posting> Postings, CommandId? Command, DealBooked? Deal);

/// <summary>The open holds: each is resolved once, and then gone (INV-4).</summary>
internal sealed class HoldsAudit(AuditFindings findings)
{
    private readonly Dictionary<long, AuditedHold> _byEntry = [];
    private readonly Dictionary<CommandId, long> _byCommand = [];
    private readonly Dictionary<DealId, long> _byDeal = [];

    public long Count => _byEntry.Count;

    public void Add(AuditedHold hold)
    {
        _byEntry[hold.Entry] = hold;
        if (hold.Command is { } command)
        {
            _byCommand[command] = hold.Entry;
        }

        if (hold.Deal is { } deal)
        {
            _byDeal[deal.Deal] = hold.Entry;
        }
    }

    /// <summary>Takes out the open hold of a command; null, and reported, where there is none.</summary>
    public AuditedHold? Take(CommandId command, StoredRow row) =>
        findings.Require(row, _byCommand.ContainsKey(command), $"The {command} has no open hold.")
            ? Take(_byCommand[command], row)
            : null;

    /// <summary>Takes out the open hold of a deal; null, and reported, where there is none.</summary>
    public AuditedHold? Take(DealId deal, StoredRow row) =>
        findings.Require(row, _byDeal.ContainsKey(deal), $"The {deal} is not held until delivery.")
            ? Take(_byDeal[deal], row)
            : null;

    /// <summary>Takes out the open hold that an entry placed; null, and reported, where there is none.</summary>
    public AuditedHold? Take(long entry, StoredRow row)
    {
        if (!_byEntry.Remove(entry, out var hold))
        {
            findings.Add(row, FormattableString.Invariant($"Entry {entry} has no open hold."));
            return null;
        }

        if (hold.Command is { } command)
        {
            _ = _byCommand.Remove(command);
        }

        if (hold.Deal is { } deal)
        {
            _ = _byDeal.Remove(deal.Deal);
        }

        return hold;
    }
}
