using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>
/// Mandates: granted, delegated, used by deals, stopped. What is used of one is added up anew from every deal under it
/// or under one that was delegated from it.
/// </content>
public sealed partial class NaiveLedger
{
    private readonly Dictionary<MandateId, NaiveMandate> _mandates = [];

    /// <summary>
    /// What deals under a mandate and under those delegated from it have taken: deals neither refused nor voided.
    /// </summary>
    public MandateUsage UsageOf(MandateId mandate) => UsageOf(DealsUnder(mandate));

    private MandateUsage UsageOf(List<NaiveDeal> deals) => new(
        deals.Where(deal => deal.Status == DealStatus.Held).Sum(TakenBy),
        deals.Where(deal => deal.Status != DealStatus.Held).Sum(TakenBy));

    private MandateStanding StandingOf(NaiveMandate known)
    {
        var under = DealsUnder(known.Mandate.Id);
        return new MandateStanding(
            LastEntry,
            known.Mandate,
            UsageOf(under),
            known.GrantedBy,
            known.Status == MandateStatus.Revoked ? known.Changes[^1].Entry : null,
            known.Changes.ToValueArray(),
            UsedInWindow(known.Mandate.Window, under, LastTime),
            under.Count(deal => deal.Status == DealStatus.Held),
            under.Count);
    }

    /// <summary>Deals that count against a mandate; one that it is both sides' of would count twice.</summary>
    private List<NaiveDeal> DealsUnder(MandateId mandate)
    {
        var deals = _deals.Values
            .Where(deal => deal.Status is DealStatus.Held or DealStatus.Posted or DealStatus.Delivered)
            .ToList();
        return
        [
            .. deals.Where(deal => LineOf(deal.Command.Buyer.Mandate).Any(known => known.Mandate.Id == mandate)),
            .. deals.Where(deal => LineOf(deal.Command.Seller.Mandate).Any(known => known.Mandate.Id == mandate)),
        ];
    }

    private long TakenBy(NaiveDeal deal) => deal.Command.Total.MinorUnits - PaidBackOf(deal.Command.Deal);

    private long UsedInWindow(BudgetWindow window, List<NaiveDeal> deals, LedgerTime moment) => deals
        .Where(deal => WindowOf(window, deal.At) == WindowOf(window, moment))
        .Sum(TakenBy);

    /// <summary>A mandate and all that it was delegated from, itself first; none where it is unknown.</summary>
    private List<NaiveMandate> LineOf(MandateId? id)
    {
        var line = new List<NaiveMandate>();
        while (id is { } some && _mandates.TryGetValue(some, out var known))
        {
            line.Add(known);
            id = known.Mandate.Parent;
        }

        return line;
    }

    private static LedgerRefused? CheckStanding(IEnumerable<NaiveMandate> line) =>
        line.FirstOrDefault(known => known.Status != MandateStatus.Active) is { } stopped
            ? new LedgerRefused(
                stopped.Status == MandateStatus.Suspended
                    ? LedgerRefusal.MandateSuspended
                    : LedgerRefusal.MandateRevoked,
                Entry: stopped.Changes[^1].Entry)
            : null;

    private LedgerRefused? CheckMandate(Settle deal, DealParty party, LedgerTime now)
    {
        if (party.Mandate is not { } id)
        {
            return null;
        }

        var line = LineOf(id);
        if (line.Count == 0 || line[0].Mandate.Principal != party.Principal)
        {
            return new LedgerRefused(LedgerRefusal.MandateUnknown);
        }

        if (CheckStanding(line) is { } stopped)
        {
            return stopped;
        }

        return line[0].Mandate.Agent != party.Agent
            ? new LedgerRefused(LedgerRefusal.MandateOfAnotherAgent)
            : line.SelectMany(known => RulesOf(known.Mandate, deal, party, now))
                .FirstOrDefault(rule => rule.IsBroken).Refused;
    }

    private IEnumerable<(bool IsBroken, LedgerRefused Refused)> RulesOf(
        Mandate mandate, Settle deal, DealParty party, LedgerTime now)
    {
        var other = party == deal.Buyer ? deal.Seller.Principal : deal.Buyer.Principal;
        var wanted = party == deal.Buyer ? MandateActions.Buy : MandateActions.Sell;
        var namesCategory = mandate.Categories.Any(
            category => category.Equals(deal.Category, StringComparison.OrdinalIgnoreCase));
        var namesOther = mandate.CounterpartiesAllowed.Contains(other);
        yield return Rule(mandate.Currency != deal.Total.Currency, LedgerRefusal.MandateCurrencyDiffers);
        yield return Rule(now < mandate.NotBefore, LedgerRefusal.MandateNotYetValid);
        yield return Rule(now >= mandate.ExpiresAt, LedgerRefusal.MandateExpired);
        yield return Rule(!mandate.Actions.HasFlag(wanted), LedgerRefusal.MandateActionNotAllowed);
        yield return Rule(
            mandate.Categories.Count != 0 && !namesCategory, LedgerRefusal.MandateCategoryNotAllowed);
        yield return Rule(
            (mandate.CounterpartiesAllowed.Count != 0 && !namesOther) || mandate.CounterpartiesDenied.Contains(other),
            LedgerRefusal.MandateCounterpartyNotAllowed);

        var (total, under) = (deal.Total.MinorUnits, DealsUnder(mandate.Id));
        yield return Limit(total, mandate.PerDealMaxMinor, LedgerRefusal.MandatePerDealMaxExceeded);
        yield return Limit(
            party.Approval == deal.TermsHash ? 0 : total, mandate.ApprovalAboveMinor, LedgerRefusal.ApprovalRequired);
        yield return Limit(under.Count + 1, mandate.DealsMax, LedgerRefusal.MandateDealsExceeded);
        yield return Limit(
            deal.Mode == SettlementMode.OnDelivery ? under.Count(known => known.Status == DealStatus.Held) + 1 : 0,
            mandate.OpenHoldsMax,
            LedgerRefusal.MandateOpenHoldsExceeded);
        yield return Limit(
            total,
            mandate.BudgetMaxMinor - UsedInWindow(mandate.Window, under, now),
            LedgerRefusal.MandateWouldBeExceeded);
    }

    private static (bool IsBroken, LedgerRefused Refused) Rule(bool isBroken, LedgerRefusal reason) =>
        (isBroken, new LedgerRefused(reason));

    private static (bool IsBroken, LedgerRefused Refused) Limit(long asked, long? allowed, LedgerRefusal reason) =>
        (asked > allowed, new LedgerRefused(reason, asked, allowed));

    private static string WindowOf(BudgetWindow window, LedgerTime at) => window switch
    {
        BudgetWindow.Day => $"{at.ToUtc():yyyy-MM-dd}",
        BudgetWindow.Month => $"{at.ToUtc():yyyy-MM}",
        _ => "",
    };
}
