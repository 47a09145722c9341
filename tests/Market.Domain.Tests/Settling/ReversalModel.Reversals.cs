using System.Collections.Immutable;
using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

// Opening and evicting accounts, reversals and claims.
internal sealed partial class ReversalModel
{
    private readonly HashSet<AccountName> _opened = [];
    private readonly Dictionary<Asset, EntryNumber> _closed = [];
    private readonly Dictionary<DealId, EntryNumber> _dealEntries = [];
    private readonly Dictionary<DealId, long[]> _reversed = [];
    private readonly Dictionary<DealId, long> _paidBack = [];
    private readonly Dictionary<EntryNumber, ModelClaim> _claims = [];

    private bool TellReversalOrAccount(IdentifiedLedgerCommand command)
    {
        var isDone = command switch
        {
            OpenAccount open => Open(open.Account),
            CloseSubject close => CloseAll(close.Asset),
            Reverse reverse => TellReverse(reverse),
            PayClaim pay => TellPay(pay.Claim),
            _ => throw new ArgumentException($"{command} is not in the model.", nameof(command)),
        };
        return isDone && _commands.Add(command.Id);
    }

    private bool Open(AccountName account)
    {
        if (!_opened.Add(account))
        {
            return false;
        }

        _opened.UnionWith(account.Asset.Kind == AssetKind.Money ? [] : [AccountName.Mint(account.Asset)]);
        return true;
    }

    private bool CloseAll(Asset asset)
    {
        var own = Balances().Where(account => account.Key.Asset == asset).ToList();
        var isOpen = _opened.Contains(AccountName.Mint(asset));
        if (!isOpen || own.Exists(account => account.Value.In != 0 || account.Value.Out != 0
            || (account.Key.Kind == AccountKind.Owned && account.Value.Posted != 0)))
        {
            return false;
        }

        _posted = _posted.RemoveAll(leg => leg.Debit.Asset == asset);
        _ = _opened.RemoveWhere(account => account.Asset == asset);
        _closed[asset] = _entry;
        return true;
    }

    private bool TellReverse(Reverse command)
    {
        if (!_deals.TryGetValue(command.Deal, out var deal)
            || _holds.Exists(hold => hold.Deal == command.Deal)
            || command.Amounts.Count != deal.Legs.Count
            || command.Amounts.All(amount => amount == 0))
        {
            return false;
        }

        var sums = _reversed.GetValueOrDefault(command.Deal) ?? new long[deal.Legs.Count];
        var back = deal.Legs.Zip(command.Amounts).ToList();
        if (back.Where((leg, i) => leg.Second < 0 || sums[i] + leg.Second > leg.First.Amount).Any()
            || back.Exists(leg => leg.Second > 0 && IsClosedSince(leg.First.Debit.Asset, command.Deal)))
        {
            return false;
        }

        ImmutableArray<Leg> legs = [.. back.Where(leg => leg.Second > 0)
            .Select(leg => new Leg(leg.First.Credit, leg.First.Debit, leg.Second))];
        var paid = back.Where(leg => leg.First.Debit.Kind == AccountKind.Funds).Sum(leg => leg.Second);
        var shortOf = ShortOf(legs);
        if (shortOf.Overlaps([AccountKind.Owned, AccountKind.Filled]))
        {
            return false;
        }

        _reversed[command.Deal] = [.. sums.Zip(command.Amounts, (sum, amount) => sum + amount)];
        if (shortOf.Count > 0)
        {
            _claims.Add(_entry, new ModelClaim(command.Deal, legs, paid));
            _ = _commands.Add(command.Id);
            return false;
        }

        return Post(legs) && PayBack(command.Deal, paid);
    }

    private bool TellPay(EntryNumber entry)
    {
        if (!_claims.TryGetValue(entry, out var claim)
            || claim.Legs.Any(leg => _closed.GetValueOrDefault(leg.Debit.Asset).Value > entry.Value)
            || !Post(claim.Legs))
        {
            return false;
        }

        return _claims.Remove(entry) && PayBack(claim.Deal, claim.Paid);
    }

    private bool PayBack(DealId deal, long paid)
    {
        _paidBack[deal] = _paidBack.GetValueOrDefault(deal) + paid;
        return true;
    }

    /// <summary>The kinds of accounts that would have less than nothing on the way.</summary>
    private HashSet<AccountKind> ShortOf(ImmutableArray<Leg> legs)
    {
        var before = _posted;
        var kinds = new HashSet<AccountKind>();
        foreach (var leg in legs)
        {
            _posted = _posted.Add(leg);
            _ = IsOverdrawn(leg.Debit) && kinds.Add(leg.Debit.Kind);
        }

        _posted = before;
        return kinds;
    }

    private bool IsClosedSince(Asset asset, DealId deal) =>
        _closed.GetValueOrDefault(asset).Value > _dealEntries[deal].Value;
}

/// <summary>What could not be paid back.</summary>
internal sealed record ModelClaim(DealId Deal, ImmutableArray<Leg> Legs, long Paid);
