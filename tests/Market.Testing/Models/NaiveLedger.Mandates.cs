using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>Mandates: granted, used by deals, revoked.</content>
public sealed partial class NaiveLedger
{
    private readonly Dictionary<MandateId, NaiveMandate> _mandates = [];

    /// <summary>What deals under a mandate have taken of it: those that are neither refused nor voided.</summary>
    public MandateUsage UsageOf(MandateId mandate)
    {
        var (held, posted) = (0L, 0L);
        foreach (var deal in _deals.Values)
        {
            var sides = (deal.Command.Buyer.Mandate == mandate ? 1 : 0)
                + (deal.Command.Seller.Mandate == mandate ? 1 : 0);
            var taken = sides * (deal.Command.Total.MinorUnits - PaidBackOf(deal.Command.Deal));
            held += deal.Status == DealStatus.Held ? taken : 0;
            posted += deal.Status is DealStatus.Posted or DealStatus.Delivered ? taken : 0;
        }

        return new MandateUsage(held, posted);
    }

    private MandateStanding StandingOf(NaiveMandate known)
    {
        var under = _deals.Values.Where(deal => deal.Command.Buyer.Mandate == known.Mandate.Id
            || deal.Command.Seller.Mandate == known.Mandate.Id).ToList();
        var usage = UsageOf(known.Mandate.Id);
        return new MandateStanding(
            LastEntry,
            known.Mandate,
            usage,
            known.GrantedBy,
            known.RevokedBy,
            known.RevokedBy is { } by ? [new MandateChange(MandateStatus.Revoked, by)] : [],
            usage.TotalMinor,
            under.Count(deal => deal.Status == DealStatus.Held),
            under.Count(deal => deal.Status is DealStatus.Held or DealStatus.Posted or DealStatus.Delivered));
    }

    private LedgerVerdict TellGrant(GrantMandate command)
    {
        var mandate = command.Mandate;
        if (_mandates.TryGetValue(mandate.Id, out var known))
        {
            return known.Mandate == mandate
                ? LedgerVerdict.AlreadyDone(known.GrantedBy)
                : LedgerVerdict.Refuses(LedgerRefusal.MandateExistsWithDifferentTerms, known.GrantedBy);
        }

        var isSound = mandate.Principal.Value > 0 && mandate.Agent.Value > 0
            && Asset.Money(mandate.Currency).IsWellFormed
            && mandate.PerDealMaxMinor > 0 && mandate.PerDealMaxMinor <= AmountMax
            && mandate.BudgetMaxMinor > 0 && mandate.BudgetMaxMinor <= AmountMax
            && mandate.ExpiresAt > mandate.NotBefore;
        if (!isSound)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.MandateMalformed);
        }

        _mandates.Add(mandate.Id, new NaiveMandate(mandate, Next));
        return LedgerVerdict.Done;
    }

    private LedgerVerdict TellRevoke(RevokeMandate command)
    {
        if (!_mandates.TryGetValue(command.Mandate, out var known) || known.Mandate.Principal != command.Principal)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.MandateUnknown);
        }

        if (known.RevokedBy is { } earlier)
        {
            return LedgerVerdict.AlreadyDone(earlier);
        }

        _mandates[command.Mandate] = known with { RevokedBy = Next };
        return LedgerVerdict.Done;
    }

    private LedgerRefused? CheckMandate(DealParty party, Money total, LedgerTime now)
    {
        if (party.Mandate is not { } id)
        {
            return null;
        }

        if (!_mandates.TryGetValue(id, out var known))
        {
            return new LedgerRefused(LedgerRefusal.MandateUnknown);
        }

        if (known.RevokedBy is { } revokedBy)
        {
            return new LedgerRefused(LedgerRefusal.MandateRevoked, Entry: revokedBy);
        }

        var mandate = known.Mandate;
        var left = mandate.BudgetMaxMinor - UsageOf(id).TotalMinor;
        (bool IsBroken, LedgerRefused Refused)[] rules =
        [
            (mandate.Agent != party.Agent || mandate.Principal != party.Principal,
                new LedgerRefused(LedgerRefusal.MandateOfAnotherAgent)),
            (mandate.Currency != total.Currency, new LedgerRefused(LedgerRefusal.MandateCurrencyDiffers)),
            (now < mandate.NotBefore, new LedgerRefused(LedgerRefusal.MandateNotYetValid)),
            (now >= mandate.ExpiresAt, new LedgerRefused(LedgerRefusal.MandateExpired)),
            (total.MinorUnits > mandate.PerDealMaxMinor, new LedgerRefused(
                LedgerRefusal.MandatePerDealMaxExceeded, total.MinorUnits, mandate.PerDealMaxMinor)),
            (total.MinorUnits > left,
                new LedgerRefused(LedgerRefusal.MandateWouldBeExceeded, total.MinorUnits, left)),
        ];
        return rules.FirstOrDefault(rule => rule.IsBroken).Refused;
    }

    private sealed record NaiveMandate(Mandate Mandate, EntryNumber GrantedBy, EntryNumber? RevokedBy = null);
}
