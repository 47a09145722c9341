using System.Collections.Immutable;
using Market.Domain.Mandates;
using Market.Domain.Settling;

namespace Market.Domain.Tests.Settling;

/// <summary>
/// The obvious ledger beside the fast one: a list of transfers that happened and a list of holds, balances by
/// adding them up again each time, accounts by name. One currency. It says whether a command does something now.
/// </summary>
internal sealed partial class ReversalModel
{
    private static readonly AccountName World = AccountName.World(Currency.Usd);
    private readonly HashSet<LedgerCommandId> _commands = [];
    private readonly Dictionary<MandateId, (Mandate Mandate, bool IsRevoked)> _mandates = [];
    private readonly HashSet<DealId> _dealsSeen = [];
    private readonly Dictionary<DealId, Settle> _deals = [];
    private ImmutableList<Leg> _posted = [];
    private ImmutableList<ModelHold> _holds = [];
    private long _entries;
    private EntryNumber _entry;

    /// <summary>
    /// Every account that anything moved through, with what is posted and what is held on either side.
    /// </summary>
    public Dictionary<AccountName, (long Posted, long Out, long In)> Balances()
    {
        var balances = new Dictionary<AccountName, (long Posted, long Out, long In)>();
        foreach (var leg in _posted)
        {
            balances[leg.Debit] = At(leg.Debit) with { Posted = At(leg.Debit).Posted - leg.Amount };
            balances[leg.Credit] = At(leg.Credit) with { Posted = At(leg.Credit).Posted + leg.Amount };
        }

        foreach (var leg in _holds.SelectMany(hold => hold.Legs))
        {
            balances[leg.Debit] = At(leg.Debit) with { Out = At(leg.Debit).Out + leg.Amount };
            balances[leg.Credit] = At(leg.Credit) with { In = At(leg.Credit).In + leg.Amount };
        }

        return balances;

        (long Posted, long Out, long In) At(AccountName name) => balances.GetValueOrDefault(name);
    }

    /// <summary>What deals under a mandate have taken of it: those that are neither refused nor voided.</summary>
    public MandateUsage UsageOf(MandateId mandate)
    {
        var under = _deals.Values.Where(deal => deal.Buyer.Mandate == mandate || deal.Seller.Mandate == mandate);
        var totals = under.ToLookup(
            deal => _holds.Exists(hold => hold.Deal == deal.Deal),
            deal => deal.Total.MinorUnits - _paidBack.GetValueOrDefault(deal.Deal));
        return new MandateUsage(HeldMinor: totals[true].Sum(), PostedMinor: totals[false].Sum());
    }

    /// <summary>Tells a command; whether it moved, held, released, granted or revoked anything.</summary>
    public bool Tell(LedgerCommand command, LedgerTime now, EntryNumber entry)
    {
        _entries++;
        _entry = entry;
        return command switch
        {
            IdentifiedLedgerCommand identified => TellIdentified(identified, now),
            Settle settle => TellSettle(settle, now),
            ConfirmDelivery confirm => Close(HoldOf(confirm.Deal, now), posts: true),
            CancelDelivery cancel => Close(HoldOf(cancel.Deal, now), posts: false) && _deals.Remove(cancel.Deal),
            PostHold post => HoldOf(post.Hold, now) is { } hold
                && post.Amount >= 1 && post.Amount <= hold.Legs[0].Amount
                && Close(hold with { Legs = [hold.Legs[0] with { Amount = post.Amount }] }, posts: true),
            VoidHold release => Close(HoldOf(release.Hold, now), posts: false),
            ExpireHolds expire => Expire(expire.Max, now),
            GrantMandate grant => MandateRules.CheckGrant(grant.Mandate) is null
                && _mandates.TryAdd(grant.Mandate.Id, (grant.Mandate, false)),
            RevokeMandate revoke => Revoke(revoke),
            _ => throw new ArgumentException($"{command} is not in the model.", nameof(command)),
        };
    }

    private bool TellIdentified(IdentifiedLedgerCommand command, LedgerTime now)
    {
        if (_commands.Contains(command.Id))
        {
            return false;
        }

        if (command is OpenAccount or CloseSubject or Reverse or PayClaim)
        {
            return TellReversalOrAccount(command);
        }

        ImmutableArray<Leg> legs = command switch
        {
            Deposit c => [new(World, AccountName.Funds(c.Principal, Currency.Usd), c.Amount.MinorUnits)],
            Withdraw c => [new(AccountName.Funds(c.Principal, Currency.Usd), World, c.Amount.MinorUnits)],
            MintUnits c => [MintLeg(AccountName.Stock(c.Owner, c.Listing), c.Quantity)],
            MintNeed c => [MintLeg(AccountName.Need(c.Owner, c.Request), c.Quantity)],
            Transfer c => [.. c.Legs],
            HoldTransfer c => [c.Leg],
            _ => throw new ArgumentException($"{command} is not in the model.", nameof(command)),
        };
        var isDone = command is HoldTransfer held
            ? held.ExpiresAt > now && Hold(legs, held.ExpiresAt, deal: null, command.Id)
            : Post(legs);
        isDone = isDone && _commands.Add(command.Id);
        _opened.UnionWith(isDone ? legs.SelectMany(leg => new[] { leg.Debit, leg.Credit }) : []);
        return isDone;
    }

    private bool TellSettle(Settle command, LedgerTime now)
    {
        if (command.Buyer.Principal == command.Seller.Principal || !_dealsSeen.Add(command.Deal))
        {
            return false;
        }

        var isAllowed = Allows(command.Buyer, command.Total, now) && Allows(command.Seller, command.Total, now);
        var isDone = isAllowed && (command.Mode == SettlementMode.Immediate
            ? Post([.. command.Legs])
            : command.DeliveryDeadline is { } deadline && deadline > now
                && Hold([.. command.Legs], deadline, command.Deal, command: null));
        _opened.UnionWith(isDone ? command.Legs.SelectMany(leg => new[] { leg.Debit, leg.Credit }) : []);
        _dealEntries[command.Deal] = _entry;
        return isDone && _deals.TryAdd(command.Deal, command);
    }

    private bool Allows(DealParty party, Money total, LedgerTime now)
    {
        if (party.Mandate is not { } id)
        {
            return true;
        }

        return _mandates.TryGetValue(id, out var known)
            && !known.IsRevoked
            && known.Mandate.Agent == party.Agent
            && known.Mandate.Principal == party.Principal
            && known.Mandate.Currency == total.Currency
            && known.Mandate.NotBefore <= now
            && now < known.Mandate.ExpiresAt
            && total.MinorUnits <= known.Mandate.PerDealMaxMinor
            && UsageOf(id).TotalMinor + total.MinorUnits <= known.Mandate.BudgetMaxMinor;
    }

    private bool Post(ImmutableArray<Leg> legs)
    {
        var before = _posted;
        foreach (var leg in legs)
        {
            _posted = _posted.Add(leg);
            if (!IsSound(leg) || IsOverdrawn(leg.Debit))
            {
                _posted = before;
                return false;
            }
        }

        return true;
    }

    private bool Hold(ImmutableArray<Leg> legs, LedgerTime expiresAt, DealId? deal, LedgerCommandId? command)
    {
        var before = _holds;
        _holds = _holds.Add(new ModelHold(legs, expiresAt, _entries, deal, command));
        if (legs.All(leg => IsSound(leg) && !IsOverdrawn(leg.Debit)))
        {
            return true;
        }

        _holds = before;
        return false;
    }

    private bool Close(ModelHold? hold, bool posts)
    {
        if (hold is null)
        {
            return false;
        }

        _holds = _holds.RemoveAll(open => open.Entry == hold.Entry);
        _posted = posts ? _posted.AddRange(hold.Legs) : _posted;
        return true;
    }

    private bool Expire(int max, LedgerTime now)
    {
        var due = _holds.Where(hold => hold.ExpiresAt <= now).OrderBy(hold => hold.ExpiresAt).ThenBy(hold => hold.Entry)
            .Take(max).ToList();
        foreach (var hold in due)
        {
            _ = Close(hold, posts: false);
            _ = hold.Deal is { } deal && _deals.Remove(deal);
        }

        return due.Count > 0;
    }

    private bool Revoke(RevokeMandate command)
    {
        if (!_mandates.TryGetValue(command.Mandate, out var known)
            || known.IsRevoked || known.Mandate.Principal != command.Principal)
        {
            return false;
        }

        _mandates[command.Mandate] = known with { IsRevoked = true };
        return true;
    }

    private static Leg MintLeg(AccountName into, long quantity) => new(AccountName.Mint(into.Asset), into, quantity);

    private bool IsOverdrawn(AccountName name) =>
        name.IsLimited && Balances().TryGetValue(name, out var balance) && balance.Posted - balance.Out < 0;

    private static bool IsSound(Leg leg) =>
        leg.Amount >= 1 && leg.Debit != leg.Credit && leg.Debit.Asset == leg.Credit.Asset;

    private ModelHold? HoldOf(DealId deal, LedgerTime now) =>
        _holds.Find(hold => hold.Deal == deal && hold.ExpiresAt > now);

    private ModelHold? HoldOf(LedgerCommandId id, LedgerTime now) =>
        _holds.Find(hold => hold.Command == id && hold.ExpiresAt > now);
}

/// <summary>What is held.</summary>
internal sealed record ModelHold(
    ImmutableArray<Leg> Legs, LedgerTime ExpiresAt, long Entry, DealId? Deal, LedgerCommandId? Command);
