using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// Deals between negotiation and ledger: agreed once, settled at most once and only as agreed (INV-7, INV-9), and ended
/// in
/// the negotiation as the ledger has it. Rows come in commit order, so what causes a row is before it.
/// </summary>
internal sealed class DealsAudit(AuditContext context)
{
    private readonly Dictionary<DealId, AuditedDeal> _deals = [];
    private readonly ReceiptAudit _receipts = new(context);

    public long Agreed { get; private set; }

    public long Settled { get; private set; }

    public long Failed { get; private set; }

    public long SettledTwice { get; private set; }

    public long InProgress => Agreed - Settled - Failed;

    public long ReceiptsUnchecked => _receipts.Unchecked;

    /// <summary>A negotiation agreed.</summary>
    public void Agree(DealId id, DealAgreement agreement, StoredRow row)
    {
        var deal = FindOrAdd(id);
        context.Findings.Require(row, !deal.IsAgreed, $"The {id} is agreed twice.");
        context.Findings.Require(
            row, deal.BookedEntry == 0, $"Entry {deal.BookedEntry} settled the deal before it was agreed.");
        deal.IsAgreed = true;
        deal.Agreement = agreement;
        Agreed++;
    }

    /// <summary>The ledger settled a deal; its postings are given by the names of their accounts.</summary>
    public void Book(DealBooked booked, IReadOnlyList<DealMovement> movements, StoredRow row)
    {
        var deal = FindOrAdd(booked.Deal);
        if (deal.BookedEntry != 0)
        {
            SettledTwice++;
            context.Findings.Add(row, $"The {booked.Deal} is settled again; entry {deal.BookedEntry} had settled it.");
            return;
        }

        deal.BookedEntry = row.Version;
        deal.BookedAt = booked.At;
        deal.Mode = booked.Mode;
        deal.IsPosted = booked.Mode == SettlementMode.Immediate;
        deal.DeliveryDeadline = booked.DeliveryDeadline;
        context.Findings.Require(
            row, deal.RefusedEntry == 0, $"Entry {deal.RefusedEntry} had refused the deal for good.");
        context.Findings.Require(row, !deal.HasEnded, "The deal's negotiation had ended without it.");
        if (deal.Agreement is { } agreement)
        {
            Compare(booked, agreement, movements, row);
        }
        else
        {
            context.Findings.Require(row, deal.IsAgreed, $"No negotiation agreed the {booked.Deal}.");
        }
    }

    /// <summary>Whether all legs of a deal are posted.</summary>
    public bool IsPosted(DealId id) => _deals.TryGetValue(id, out var deal) && deal.IsPosted;

    /// <summary>A deal that was held until delivery is posted.</summary>
    public void Deliver(DealId id) => FindOrAdd(id).IsPosted = true;

    /// <summary>The ledger refused a deal for good.</summary>
    public void Refuse(DealRefused refused, StoredRow row)
    {
        var deal = FindOrAdd(refused.Deal);
        context.Findings.Require(
            row, deal.RefusedEntry == 0, $"Entry {deal.RefusedEntry} had refused the deal already.");
        context.Findings.Require(row, deal.BookedEntry == 0, $"Entry {deal.BookedEntry} had settled the deal.");
        context.Findings.Require(row, deal.IsAgreed, $"No negotiation agreed the {refused.Deal}.");
        context.Findings.Require(
            row,
            deal.Agreement is not { } agreement
                || (agreement.TermsHash == refused.TermsHash && agreement.Negotiation == refused.Negotiation),
            "It names other terms, or another negotiation, than what was agreed.");
        deal.RefusedEntry = row.Version;
    }

    /// <summary>A negotiation learned that its deal is settled.</summary>
    public void Settle(DealSettled settled, StoredRow row, DealId? agreed)
    {
        if (!context.Findings.Require(
            row, settled.Deal == agreed, "It settles a deal that the negotiation did not agree."))
        {
            return;
        }

        var deal = FindOrAdd(settled.Deal);
        if (context.Findings.Require(row, deal.BookedEntry != 0, "No entry of the ledger before it settles the deal.")
            && deal.Agreement is { } agreement)
        {
            _receipts.Check(settled, deal, agreement, row);
        }

        Settled++;
        End(deal);
    }

    /// <summary>A negotiation learned that its deal cannot be settled.</summary>
    public void Fail(DealNotSettled failed, StoredRow row, DealId? agreed)
    {
        if (!context.Findings.Require(
            row, failed.Deal == agreed, "It fails a deal that the negotiation did not agree."))
        {
            return;
        }

        var deal = FindOrAdd(failed.Deal);
        context.Findings.Require(
            row, deal.BookedEntry == 0, $"Entry {deal.BookedEntry} of the ledger had settled the deal.");
        Failed++;
        End(deal);
    }

    private static void End(AuditedDeal deal)
    {
        deal.HasEnded = true;
        deal.Agreement = null;
    }

    private void Compare(
        DealBooked booked, DealAgreement agreed, IReadOnlyList<DealMovement> movements, StoredRow row)
    {
        var findings = context.Findings;
        findings.Require(
            row, booked.Negotiation == agreed.Negotiation, $"The deal was agreed in {agreed.Negotiation}.");
        findings.Require(
            row, booked.TermsHash == agreed.TermsHash,
            $"Its terms' hash is {booked.TermsHash}; agreed was {agreed.TermsHash}.");
        findings.Require(row, Same(booked.Buyer, agreed.Buyer), "Its buyer is not the one who agreed.");
        findings.Require(row, Same(booked.Seller, agreed.Seller), "Its seller is not the one who agreed.");
        findings.Require(
            row,
            (booked.Buyer.Approval, booked.Seller.Approval) == (agreed.BuyerApproval, agreed.SellerApproval),
            "It names another approval than the one that a side's act brought along.");
        findings.Require(row, booked.Total == agreed.Total, $"Its total is {booked.Total}; agreed was {agreed.Total}.");

        var due = DealMovements.Of(agreed);
        foreach (var movement in movements)
        {
            findings.Require(
                row, due.Remove(movement),
                $"It moves {movement.Amount} from {movement.Debit} to {movement.Credit}, which was not agreed.");
        }

        foreach (var movement in due)
        {
            findings.Add(
                row, $"It does not move {movement.Amount} from {movement.Debit} to {movement.Credit}, as agreed.");
        }
    }

    private static bool Same(DealParty booked, Participant agreed) =>
        booked.Agent == agreed.Agent && booked.Principal == agreed.Principal && booked.Mandate == agreed.Mandate;

    private AuditedDeal FindOrAdd(DealId id)
    {
        if (!_deals.TryGetValue(id, out var deal))
        {
            _deals.Add(id, deal = new AuditedDeal());
        }

        return deal;
    }
}
