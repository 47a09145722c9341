using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// The versions of listings: the first is 1, each is one more than the one before, and none follows a withdrawal.
/// </summary>
internal sealed class ListingsAudit(AuditFindings findings)
{
    private readonly Dictionary<Guid, (Guid Stream, int Version, bool IsEnded)> _newest = [];

    public void Take(ListingFact fact, Guid stream, StoredRow row)
    {
        if (fact.Step == ListingStep.Added)
        {
            findings.Require(row, fact.Version == 1, $"It adds version {fact.Version} of a listing.");
            findings.Require(
                row, _newest.TryAdd(fact.Listing, (stream, 1, false)), "It adds a listing that is there already.");
            return;
        }

        if (!findings.Require(
            row, _newest.TryGetValue(fact.Listing, out var newest) && newest.Stream == stream,
            "It changes a listing that is not its seller's."))
        {
            return;
        }

        var due = fact.Step == ListingStep.Ended ? newest.Version : newest.Version + 1;
        findings.Require(row, !newest.IsEnded, "It changes a listing that was withdrawn.");
        findings.Require(
            row, fact.Version == due, $"It is about version {fact.Version} of its listing, where {due} is due.");
        if (fact.Step != ListingStep.ChangeBegun)
        {
            _newest[fact.Listing] = (stream, fact.Version, fact.Step == ListingStep.Ended);
        }
    }
}
