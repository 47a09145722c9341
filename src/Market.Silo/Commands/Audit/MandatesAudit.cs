using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>Mandates as the book grants and ends them, and what deals take of them (INV-11).</summary>
internal sealed class MandatesAudit(AuditFindings findings)
{
    private readonly Dictionary<MandateId, AuditedMandate> _rows = [];

    public void Grant(Mandate mandate, StoredRow row)
    {
        findings.Require(
            row, _rows.TryAdd(mandate.Id, new AuditedMandate(mandate)), $"It grants {mandate.Id} a second time.");
        if (mandate.Parent is not { } id)
        {
            return;
        }

        if (!_rows.TryGetValue(id, out var parent))
        {
            findings.Add(row, $"It delegates from {id}, which was never granted.");
        }
        else
        {
            findings.Require(
                row, AuditedMandate.IsNarrower(mandate, parent.Mandate), $"It allows more than {id}, its parent.");
        }
    }

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

    /// <summary>A mandate is suspended, or holds again.</summary>
    public void Suspend(MandateId id, bool isSuspended, StoredRow row)
    {
        if (_rows.TryGetValue(id, out var mandate))
        {
            findings.Require(
                row, mandate.RevokedBy == 0 && mandate.IsSuspended != isSuspended,
                $"It suspends or resumes {id}, which is so already or was revoked.");
            mandate.IsSuspended = isSuspended;
        }
        else
        {
            findings.Add(row, $"It suspends or resumes {id}, which was never granted.");
        }
    }

    /// <summary>Whether both sides of a deal act within their mandates, but for the budgets.</summary>
    public void Check(DealBooked booked, StoredRow row)
    {
        Check(booked.Buyer, booked.Seller, action: 1, booked, row);
        Check(booked.Seller, booked.Buyer, action: 2, booked, row);
    }

    /// <summary>A deal takes its total of both mandates and of those that they were delegated from.</summary>
    public void Take(DealBooked deal, StoredRow row)
    {
        foreach (var mandate in LineOf(deal.Buyer.Mandate).Concat(LineOf(deal.Seller.Mandate)))
        {
            mandate.Take(deal.Total.MinorUnits, deal.At, deal.Mode == SettlementMode.OnDelivery);
            var it = mandate.Mandate;
            findings.Require(
                row, mandate.UsedIn(deal.At) <= it.BudgetMaxMinor,
                $"It brings what {it.Id} is used for to {mandate.UsedIn(deal.At)} of {it.BudgetMaxMinor}.");
            findings.Require(
                row, it.DealsMax is not { } most || mandate.Deals <= most, $"It is one more deal than {it.Id} allows.");
            findings.Require(
                row, it.OpenHoldsMax is not { } open || mandate.OpenHolds <= open,
                $"It is held, which is one more than {it.Id} allows.");
        }
    }

    /// <summary>A deal that was held is posted: what it took stays taken.</summary>
    public void Post(DealBooked deal)
    {
        foreach (var mandate in LineOf(deal.Buyer.Mandate).Concat(LineOf(deal.Seller.Mandate)))
        {
            mandate.OpenHolds--;
        }
    }

    /// <summary>A deal that was held is released: both mandates are as before it.</summary>
    public void Release(DealBooked deal)
    {
        foreach (var mandate in LineOf(deal.Buyer.Mandate).Concat(LineOf(deal.Seller.Mandate)))
        {
            mandate.OpenHolds--;
            mandate.Deals--;
            mandate.GiveBack(deal.Total.MinorUnits, deal.At);
        }
    }

    /// <summary>Of a deal an amount is reversed; it may be used again, in the window in which it was settled.</summary>
    public void GiveBack(DealBooked deal, long amount)
    {
        foreach (var mandate in LineOf(deal.Buyer.Mandate).Concat(LineOf(deal.Seller.Mandate)))
        {
            mandate.GiveBack(amount, deal.At);
        }
    }

    private void Check(DealParty party, DealParty other, byte action, DealBooked booked, StoredRow row)
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

        foreach (var one in LineOf(id))
        {
            findings.Require(row, one.RevokedBy == 0, $"Entry {one.RevokedBy} had revoked {one.Mandate.Id}.");
            findings.Require(row, !one.IsSuspended, $"The {one.Mandate.Id} was suspended.");
        }

        var mandate = found.Mandate;
        findings.Require(
            row, mandate.Agent == party.Agent && mandate.Principal == party.Principal, $"The {id} is another agent's.");
        findings.Require(
            row, mandate.NotBefore <= booked.At && booked.At < mandate.ExpiresAt,
            $"The {id} does not hold at {booked.At}.");
        findings.Require(
            row,
            mandate.Currency == booked.Total.Currency && booked.Total.MinorUnits <= mandate.PerDealMaxMinor,
            $"The {id} allows {new Amount(mandate.PerDealMaxMinor, mandate.Currency)} a deal; this is {booked.Total}.");
        findings.Require(row, (mandate.Actions & action) != 0, $"The {id} does not allow this side of a deal.");
        findings.Require(
            row, AuditedMandate.MayDealWith(mandate, other.Principal),
            $"The {id} allows no deal with {other.Principal}.");
        findings.Require(
            row,
            mandate.ApprovalAboveMinor is not { } above || booked.Total.MinorUnits <= above
                || party.Approval == booked.TermsHash,
            $"The {id} asks for its principal's approval of these terms, and there is none.");
    }

    /// <summary>A mandate and those that it was delegated from, as far as they were granted.</summary>
    private IEnumerable<AuditedMandate> LineOf(MandateId? id)
    {
        for (var depth = 0; id is { } some && depth < 64 && _rows.TryGetValue(some, out var row); depth++)
        {
            yield return row;
            id = row.Mandate.Parent;
        }
    }
}
