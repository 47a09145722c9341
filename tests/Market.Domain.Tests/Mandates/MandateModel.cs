using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Domain.Tests.Mandates;

/// <summary>
/// What mandates allow, by the obvious way: every deal ever settled is kept, and each question adds them up again.
/// </summary>
internal sealed class MandateModel
{
    private readonly Dictionary<MandateId, (Mandate Mandate, bool IsStopped)> _mandates = [];
    private readonly List<ModelDeal> _deals = [];

    public IEnumerable<Mandate> Mandates => _mandates.Values.Select(known => known.Mandate);

    public void Grant(Mandate mandate) => _mandates.Add(mandate.Id, (mandate, false));

    public void Stop(MandateId id, bool isStopped) => _mandates[id] = _mandates[id] with { IsStopped = isStopped };

    public void Add(Settle settle, LedgerTime at) => _deals.Add(new ModelDeal(
        settle.Deal, settle.Buyer.Mandate!.Value, settle.Total.MinorUnits, at,
        settle.Mode == SettlementMode.OnDelivery, settle.DeliveryDeadline));

    public void Deliver(DealId deal) =>
        _deals[_deals.FindIndex(d => d.Deal == deal)] = _deals.Find(d => d.Deal == deal)! with { IsHeld = false };

    public void Void(DealId deal) => _deals.RemoveAll(d => d.Deal == deal);

    /// <summary>Deals whose delivery is due at a moment, as the book expires them.</summary>
    public DealId[] DueAt(LedgerTime now) => [.. _deals
        .Where(deal => deal.IsHeld && deal.Deadline <= now)
        .OrderBy(deal => deal.Deadline)
        .Select(deal => deal.Deal)];

    public bool Allows(Settle settle, LedgerTime now) =>
        Line(settle.Buyer.Mandate!.Value).All(mandate => Allows(mandate, settle, now));

    /// <summary>INV-11 for one mandate at one moment.</summary>
    public void AssertWithinCaps(Mandate mandate)
    {
        var under = Under(mandate.Id).ToList();
        Assert.All(under, deal => Assert.True(deal.Total <= mandate.PerDealMaxMinor));
        Assert.True(under.Count <= (mandate.DealsMax ?? int.MaxValue));
        Assert.True(under.Count(deal => deal.IsHeld) <= (mandate.OpenHoldsMax ?? int.MaxValue));
        foreach (var window in under.GroupBy(deal => WindowOf(mandate.Window, deal.At)))
        {
            Assert.True(window.Sum(deal => deal.Total) <= mandate.BudgetMaxMinor);
        }
    }

    private bool Allows(Mandate mandate, Settle settle, LedgerTime now)
    {
        var under = Under(mandate.Id).ToList();
        var used = under
            .Where(deal => WindowOf(mandate.Window, deal.At) == WindowOf(mandate.Window, now))
            .Sum(deal => deal.Total);
        return !_mandates[mandate.Id].IsStopped
            && mandate.NotBefore <= now && now < mandate.ExpiresAt
            && settle.Total.MinorUnits <= mandate.PerDealMaxMinor
            && used + settle.Total.MinorUnits <= mandate.BudgetMaxMinor
            && under.Count < (mandate.DealsMax ?? int.MaxValue)
            && (settle.Mode == SettlementMode.Immediate
                || under.Count(deal => deal.IsHeld) < (mandate.OpenHoldsMax ?? int.MaxValue));
    }

    private IEnumerable<ModelDeal> Under(MandateId id) =>
        _deals.Where(deal => Line(deal.Mandate).Any(mandate => mandate.Id == id));

    private IEnumerable<Mandate> Line(MandateId? id)
    {
        while (id is { } some)
        {
            yield return _mandates[some].Mandate;
            id = _mandates[some].Mandate.Parent;
        }
    }

    private static string WindowOf(BudgetWindow window, LedgerTime at) => window switch
    {
        BudgetWindow.Day => $"{at.ToUtc():yyyy-MM-dd}",
        BudgetWindow.Month => $"{at.ToUtc():yyyy-MM}",
        _ => "",
    };
}

/// <summary>A deal that was settled and not voided.</summary>
internal sealed record ModelDeal(
    DealId Deal, MandateId Mandate, long Total, LedgerTime At, bool IsHeld, LedgerTime? Deadline);
