using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>What can be wrong with legs, by themselves and in the book as it stands.</content>
public sealed partial class NaiveLedger
{
    private const int LegsMax = 16;
    private const long AmountMax = 1_000_000_000_000_000;
    private static readonly TimeSpan DurationMax = TimeSpan.FromDays(400);

    private static LedgerRefused? CheckCount(int legs)
    {
        if (legs == 0)
        {
            return new LedgerRefused(LedgerRefusal.LegsMissing);
        }

        return legs > LegsMax ? new LedgerRefused(LedgerRefusal.TooManyLegs, legs, LegsMax) : null;
    }

    private static LedgerRefused? CheckFloors(IReadOnlyList<Leg> legs) =>
        legs.Any(leg => !HasFloor(leg.Debit) || !HasFloor(leg.Credit))
            ? new LedgerRefused(LedgerRefusal.AccountHasNoFloor)
            : null;

    private static LedgerRefused? CheckAmount(long amount)
    {
        if (amount < 1)
        {
            return new LedgerRefused(LedgerRefusal.AmountNotPositive, amount);
        }

        return amount > AmountMax ? new LedgerRefused(LedgerRefusal.AmountTooLarge, amount, AmountMax) : null;
    }

    private static LedgerRefused? CheckDeadline(LedgerTime deadline, LedgerTime now)
    {
        if (deadline.Ticks <= now.Ticks)
        {
            return new LedgerRefused(LedgerRefusal.DeadlineNotInFuture);
        }

        return deadline.Ticks - now.Ticks > DurationMax.Ticks ? new LedgerRefused(LedgerRefusal.DeadlineTooFar) : null;
    }

    private static LedgerRefused? CheckName(AccountName name)
    {
        var (asset, isOfMarket) = name.Kind switch
        {
            AccountKind.World or AccountKind.Fees => (AssetKind.Money, true),
            AccountKind.Funds => (AssetKind.Money, false),
            AccountKind.Stock or AccountKind.Owned => (AssetKind.Unit, false),
            AccountKind.Need => (AssetKind.Need, false),
            AccountKind.Filled => (AssetKind.Need, true),
            AccountKind.Mint when name.Asset.Kind is AssetKind.Unit or AssetKind.Need => (name.Asset.Kind, true),
            _ => (default, false),
        };
        if (asset == default || name.Asset.Kind != asset || !name.Asset.IsWellFormed)
        {
            return new LedgerRefused(LedgerRefusal.AccountDoesNotHoldAsset);
        }

        return isOfMarket == (name.Owner.Value == 0) && name.Owner.Value >= 0
            ? null
            : new LedgerRefused(LedgerRefusal.AccountOwnerWrong);
    }

    private static bool HasFloor(AccountName name) => name.Kind is not (AccountKind.World or AccountKind.Mint);

    private LedgerRefused? CheckLegs(IReadOnlyList<Leg> legs)
    {
        for (var i = 0; i < legs.Count; i++)
        {
            if ((CheckAmount(legs[i].Amount)
                ?? CheckPair(legs[i])
                ?? CheckName(legs[i].Debit)
                ?? CheckName(legs[i].Credit)
                ?? CheckRoom([.. legs.Take(i + 1)])) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }

    private static LedgerRefused? CheckPair(Leg leg)
    {
        if (leg.Debit.Asset != leg.Credit.Asset)
        {
            return new LedgerRefused(LedgerRefusal.AccountsHaveDifferentAssets);
        }

        return leg.Debit == leg.Credit ? new LedgerRefused(LedgerRefusal.AccountsAreTheSame) : null;
    }

    /// <summary>All that ever left the last leg's debit account, or came to its credit one, fits 64 bits.</summary>
    private LedgerRefused? CheckRoom(IReadOnlyList<Leg> legs)
    {
        var (debit, credit) = (legs[^1].Debit, legs[^1].Credit);
        var (from, to) = (NumberOf(debit), NumberOf(credit));
        var (left, came) = ((Int128)0, (Int128)0);
        foreach (var posting in _posted.Concat(Pending))
        {
            left += posting.Debit == from ? posting.Amount : 0;
            came += posting.Credit == to ? posting.Amount : 0;
        }

        foreach (var leg in legs)
        {
            left += leg.Debit == debit ? leg.Amount : 0;
            came += leg.Credit == credit ? leg.Amount : 0;
        }

        return left > long.MaxValue || came > long.MaxValue ? new LedgerRefused(LedgerRefusal.WouldOverflow) : null;
    }

    /// <summary>
    /// Whether each leg's account has the amount once the legs before it are done; held legs bring nothing.
    /// </summary>
    private LedgerRefused? CheckAvailable(
        IReadOnlyList<Leg> legs, LedgerRefusal reason, bool posts, AccountKind? only = null)
    {
        for (var i = 0; i < legs.Count; i++)
        {
            var from = legs[i].Debit;
            if (!HasFloor(from) || (only is not null && from.Kind != only))
            {
                continue;
            }

            var before = legs.Take(i);
            var available = BalanceOf(from).Available
                + (posts ? before.Sum(leg => Effect(leg, from)) : before.Sum(leg => Math.Min(0, Effect(leg, from))));
            if (available < legs[i].Amount)
            {
                return new LedgerRefused(reason, legs[i].Amount, available);
            }
        }

        return null;
    }

    private static long Effect(Leg leg, AccountName name) =>
        (leg.Credit == name ? leg.Amount : 0) - (leg.Debit == name ? leg.Amount : 0);
}
