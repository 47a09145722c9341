using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>A claim that nobody has paid yet.</summary>
internal sealed record AuditedClaim(DealBooked Deal, Items<Posting> Postings, long PaidMinor);

/// <summary>
/// Deals that are taken back: the postings are those of the deal's own entry the other way round, and in all at most
/// each leg (INV-6). That entry is read once more, so nothing of a deal is kept that is never taken back.
/// </summary>
internal sealed class ReversalsAudit(AuditContext context, LedgerBook book)
{
    private readonly Dictionary<long, Int128[]> _reversed = [];
    private readonly Dictionary<long, AuditedClaim> _claims = [];

    /// <summary>Reads an entry of the book by its number; null where there is none such that can be read.</summary>
    public Func<long, LedgerEntry?> Recall { get; set; } = static _ => null;

    /// <summary>Claims that nobody has paid yet.</summary>
    public long OpenClaims => _claims.Count;

    /// <summary>The deal that is taken back, if the reversal may be; what is wrong is reported.</summary>
    public DealBooked? Check(Reversal reversal, StoredRow row)
    {
        var findings = context.Findings;
        if (Recall(reversal.Settled) is not DealBooked deal || deal.Deal != reversal.Deal)
        {
            findings.Add(row, $"Entry {reversal.Settled} does not settle {reversal.Deal}.");
            return null;
        }

        findings.Require(row, context.Deals.IsPosted(deal.Deal), $"The {deal.Deal} is not posted.");
        if (!findings.Require(
            row, reversal.Amounts.Count == deal.Postings.Count,
            $"It has {reversal.Amounts.Count} amounts for {deal.Postings.Count} legs."))
        {
            return null;
        }

        var due = Turn(reversal, deal, row);
        findings.Require(
            row, reversal.Postings == due, $"It moves {reversal.Postings}; the way back is {due}.");
        findings.Require(
            row, reversal.Paid == deal.Total with { MinorUnits = MoneyOf(reversal, deal) },
            $"It says that {reversal.Paid} goes back, which is not what its legs say.");
        findings.Require(
            row, reversal.BuyerMandate == deal.Buyer.Mandate && reversal.SellerMandate == deal.Seller.Mandate,
            "It names other mandates than its deal.");
        return deal;
    }

    /// <summary>What is owed is a claim of this row's entry from now on.</summary>
    public void Claim(Reversal reversal, DealBooked deal, StoredRow row) =>
        _claims[row.Version] = new AuditedClaim(deal, reversal.Postings, reversal.Paid.MinorUnits);

    /// <summary>Takes out a claim that is paid; null, and reported, where none is open.</summary>
    public AuditedClaim? Pay(ClaimPaid paid, StoredRow row)
    {
        _claims.Remove(paid.Claim, out var claim);
        context.Findings.Require(row, claim is not null, $"Entry {paid.Claim} made no claim that is open.");
        return claim;
    }

    private Items<Posting> Turn(Reversal reversal, DealBooked deal, StoredRow row)
    {
        if (!_reversed.TryGetValue(reversal.Settled, out var reversed))
        {
            _reversed.Add(reversal.Settled, reversed = new Int128[deal.Postings.Count]);
        }

        var due = new List<Posting>();
        for (var i = 0; i < reversed.Length; i++)
        {
            var (leg, amount) = (deal.Postings[i], reversal.Amounts[i]);
            reversed[i] += amount;
            context.Findings.Require(
                row, amount >= 0 && reversed[i] <= leg.Amount,
                $"It brings what goes back of leg {i} to {reversed[i]} of {leg.Amount}.");
            if (amount != 0)
            {
                due.Add(new Posting(leg.Credit, leg.Debit, amount));
            }
        }

        return new Items<Posting>([.. due]);
    }

    private long MoneyOf(Reversal reversal, DealBooked deal)
    {
        var money = 0L;
        for (var i = 0; i < deal.Postings.Count; i++)
        {
            var from = deal.Postings[i].Debit;
            money += book.WasOpened(from) && book.NameOf(from).Kind == AccountKind.Funds ? reversal.Amounts[i] : 0;
        }

        return money;
    }
}
