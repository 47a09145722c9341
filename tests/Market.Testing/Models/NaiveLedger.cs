using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>
/// The obvious ledger beside the fast one: lists of what was posted and of what was ever held, from which every
/// balance is added up anew each time it is needed. It shares no rule with <see cref="LedgerRules"/>, and comes to
/// the same verdict on every command: the same refusal, with the same numbers, for each side. Slow on purpose.
/// </summary>
public sealed partial class NaiveLedger
{
    private readonly Dictionary<LedgerCommandId, (IdentifiedLedgerCommand Command, EntryNumber Entry)> _commands = [];
    private readonly List<AccountName> _accounts = [];
    private readonly List<Leg> _posted = [];
    private readonly List<NaiveHold> _holds = [];

    /// <summary>The number of the last entry; 0 before the first.</summary>
    public EntryNumber LastEntry { get; private set; }

    /// <summary>The time of the last entry.</summary>
    public LedgerTime LastTime { get; private set; }

    /// <summary>Every account that an entry has touched, in the order in which it first did.</summary>
    public IReadOnlyList<AccountName> Accounts => _accounts;

    /// <summary>How many holds are open; a deal held until delivery counts as one.</summary>
    public int OpenHoldCount => _holds.Count(hold => hold.IsOpen);

    private EntryNumber Next => new(LastEntry.Value + 1);

    /// <summary>Tells a command at a moment, and says what became of it.</summary>
    /// <exception cref="ArgumentException">The model does not know the command.</exception>
    public LedgerVerdict Tell(LedgerCommand command, LedgerTime now)
    {
        var verdict = command switch
        {
            IdentifiedLedgerCommand identified => TellIdentified(identified, now),
            Settle settle => TellSettle(settle, now),
            ConfirmDelivery confirm => CloseDelivery(confirm.Deal, now, DealStatus.Delivered),
            CancelDelivery cancel => CloseDelivery(cancel.Deal, now, DealStatus.Cancelled),
            PostHold post => TellPost(post, now),
            VoidHold release => TellVoid(release, now),
            ExpireHolds expire => TellExpire(expire, now),
            GrantMandate grant => TellGrant(grant),
            RevokeMandate revoke => TellRevoke(revoke),
            _ => throw new ArgumentException($"The model knows no {command?.GetType().Name}.", nameof(command)),
        };
        if (verdict.Outcome is LedgerOutcome.Done or LedgerOutcome.RefusedForGood)
        {
            (LastEntry, LastTime) = (Next, now);
        }

        return verdict;
    }

    /// <summary>What an account has, all zero where no entry has touched it.</summary>
    public Balance BalanceOf(AccountName name)
    {
        var (posted, pendingOut, pendingIn) = (0L, 0L, 0L);
        foreach (var leg in _posted)
        {
            posted += Effect(leg, name);
        }

        foreach (var leg in _holds.Where(hold => hold.IsOpen).SelectMany(hold => hold.Legs))
        {
            pendingOut += leg.Debit == name ? leg.Amount : 0;
            pendingIn += leg.Credit == name ? leg.Amount : 0;
        }

        return new Balance(name, posted, posted - pendingOut, pendingOut, pendingIn);
    }

    /// <summary>What every account has that an entry has touched.</summary>
    public IReadOnlyDictionary<AccountName, Balance> Balances()
    {
        var balances = _accounts.ToDictionary(name => name, name => new Balance(name, 0, 0, 0, 0));
        foreach (var leg in _posted)
        {
            var (source, target) = (balances[leg.Debit], balances[leg.Credit]);
            balances[leg.Debit] = source with { Posted = source.Posted - leg.Amount };
            balances[leg.Credit] = target with { Posted = target.Posted + leg.Amount };
        }

        foreach (var leg in _holds.Where(hold => hold.IsOpen).SelectMany(hold => hold.Legs))
        {
            var (source, target) = (balances[leg.Debit], balances[leg.Credit]);
            balances[leg.Debit] = source with { PendingOut = source.PendingOut + leg.Amount };
            balances[leg.Credit] = target with { PendingIn = target.PendingIn + leg.Amount };
        }

        return balances.Values.ToDictionary(
            balance => balance.Account,
            balance => balance with { Available = balance.Posted - balance.PendingOut });
    }

    private LedgerVerdict TellIdentified(IdentifiedLedgerCommand command, LedgerTime now)
    {
        if (_commands.TryGetValue(command.Id, out var known))
        {
            return known.Command == command
                ? LedgerVerdict.AlreadyDone(known.Entry)
                : LedgerVerdict.Refuses(LedgerRefusal.CommandIdUsedWithDifferentPayload, known.Entry);
        }

        var verdict = command switch
        {
            Deposit c => Post([FromOutside(c.Principal, c.Amount)]),
            Withdraw c => Post([ToOutside(c.Principal, c.Amount)]),
            MintUnits c => Post([Mint(AccountName.Stock(c.Owner, c.Listing), c.Quantity)]),
            MintNeed c => Post([Mint(AccountName.Need(c.Owner, c.Request), c.Quantity)]),
            Transfer c => TellTransfer(c),
            HoldTransfer c => TellHold(c, now),
            _ => throw new ArgumentException($"The model knows no {command.GetType().Name}.", nameof(command)),
        };
        if (verdict.Outcome == LedgerOutcome.Done)
        {
            _commands.Add(command.Id, (command, Next));
        }

        return verdict;
    }

    private static Leg FromOutside(PrincipalNumber principal, Money amount) =>
        new(AccountName.World(amount.Currency), AccountName.Funds(principal, amount.Currency), amount.MinorUnits);

    private static Leg ToOutside(PrincipalNumber principal, Money amount) =>
        new(AccountName.Funds(principal, amount.Currency), AccountName.World(amount.Currency), amount.MinorUnits);

    private static Leg Mint(AccountName into, long quantity) => new(AccountName.Mint(into.Asset), into, quantity);

    private LedgerVerdict TellTransfer(Transfer command)
    {
        if ((CheckCount(command.Legs.Count) ?? CheckFloors([.. command.Legs])) is { } refused)
        {
            return LedgerVerdict.Refuses(refused);
        }

        return Post([.. command.Legs]);
    }

    private LedgerVerdict Post(IReadOnlyList<Leg> legs)
    {
        if ((CheckLegs(legs) ?? CheckAvailable(legs, LedgerRefusal.AvailableExceeded, posts: true)) is { } refused)
        {
            return LedgerVerdict.Refuses(refused);
        }

        Book(legs);
        return LedgerVerdict.Done;
    }

    private void Book(IReadOnlyList<Leg> legs)
    {
        Touch(legs);
        _posted.AddRange(legs);
    }

    private void Touch(IReadOnlyList<Leg> legs)
    {
        foreach (var name in legs.SelectMany(leg => new[] { leg.Debit, leg.Credit }))
        {
            if (!_accounts.Contains(name))
            {
                _accounts.Add(name);
            }
        }
    }

    private static long Effect(Leg leg, AccountName name) =>
        (leg.Credit == name ? leg.Amount : 0) - (leg.Debit == name ? leg.Amount : 0);
}
