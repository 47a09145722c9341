using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>Mandates as the book grants and revokes them, and what deals take of them (INV-11).</summary>
internal sealed class MandatesAudit(AuditFindings findings)
{
    private readonly Dictionary<MandateId, Row> _rows = [];

    public void Grant(Mandate mandate, StoredRow row) =>
        findings.Require(row, _rows.TryAdd(mandate.Id, new Row(mandate)), $"It grants {mandate.Id} a second time.");

    public void Revoke(MandateId id, StoredRow row)
    {
        if (_rows.TryGetValue(id, out var mandate))
        {
            findings.Require(row, mandate.RevokedBy == 0, $"Entry {mandate.RevokedBy} had revoked {id} already.");
            mandate.RevokedBy = row.Version;
        }
        else
        {
            findings.Add(row, $"It revokes {id}, which was never granted.");
        }
    }

    /// <summary>Whether both sides of a deal act within their mandates, but for the budgets.</summary>
    public void Check(DealBooked booked, StoredRow row)
    {
        Check(booked.Buyer, booked, row);
        Check(booked.Seller, booked, row);
    }

    /// <summary>Counts a deal's total, held and posted, against both mandates.</summary>
    public void Move(DealBooked deal, long held, long posted)
    {
        Move(deal.Buyer, held, posted);
        Move(deal.Seller, held, posted);
    }

    /// <summary>Whether both mandates of a deal still have what was taken of them.</summary>
    public void RequireBudgets(DealBooked booked, StoredRow row)
    {
        RequireBudget(booked.Buyer, row);
        RequireBudget(booked.Seller, row);
    }

    private void Check(DealParty party, DealBooked booked, StoredRow row)
    {
        if (party.Mandate is not { } id)
        {
            return;
        }

        if (!_rows.TryGetValue(id, out var found))
        {
            findings.Add(row, $"It is settled under {id}, which was never granted.");
            return;
        }

        var mandate = found.Mandate;
        findings.Require(row, found.RevokedBy == 0, $"Entry {found.RevokedBy} had revoked {id}.");
        findings.Require(
            row, mandate.Agent == party.Agent && mandate.Principal == party.Principal, $"The {id} is another agent's.");
        findings.Require(
            row, mandate.NotBefore <= booked.At && booked.At < mandate.ExpiresAt,
            $"The {id} does not hold at {booked.At}.");
        findings.Require(
            row,
            mandate.Currency == booked.Total.Currency && booked.Total.MinorUnits <= mandate.PerDealMaxMinor,
            $"The {id} allows {new Amount(mandate.PerDealMaxMinor, mandate.Currency)} a deal; this is {booked.Total}.");
    }

    private void Move(DealParty party, long held, long posted)
    {
        if (party.Mandate is { } id && _rows.TryGetValue(id, out var mandate))
        {
            mandate.Used += (Int128)held + posted;
        }
    }

    private void RequireBudget(DealParty party, StoredRow row)
    {
        if (party.Mandate is { } id && _rows.TryGetValue(id, out var mandate))
        {
            findings.Require(
                row, mandate.Used <= mandate.Mandate.BudgetMaxMinor,
                $"It brings what {id} is used for to {mandate.Used} of {mandate.Mandate.BudgetMaxMinor}.");
        }
    }

    private sealed class Row(Mandate mandate)
    {
        public Mandate Mandate { get; } = mandate;

        public Int128 Used { get; set; }

        public long RevokedBy { get; set; }
    }
}
