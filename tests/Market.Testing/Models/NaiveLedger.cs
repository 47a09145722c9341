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
    private readonly Dictionary<LedgerCommandId, NaiveCommand> _commands = [];
    private readonly List<Posting> _posted = [];
    private readonly List<NaiveHold> _holds = [];

    /// <summary>The number of the last entry; 0 before the first.</summary>
    public EntryNumber LastEntry { get; private set; }

    /// <summary>The time of the last entry.</summary>
    public LedgerTime LastTime { get; private set; }

    /// <summary>How many holds are open; a deal held until delivery counts as one.</summary>
    public int OpenHoldCount => _holds.Count(hold => hold.IsOpen);

    private IEnumerable<Posting> Pending => _holds.Where(hold => hold.IsOpen).SelectMany(hold => hold.Postings);

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
            SuspendMandate suspend => TellSuspend(suspend),
            ResumeMandate resume => TellResume(resume),
            ExportCheckpoint export => TellExport(export),
            _ => throw new ArgumentException($"The model knows no {command?.GetType().Name}.", nameof(command)),
        };
        if (verdict.Outcome is LedgerOutcome.Done or LedgerOutcome.RefusedForGood)
        {
            (LastEntry, LastTime) = (Next, now);
        }

        return verdict;
    }

    /// <summary>What an account has, all zero where it is not open.</summary>
    public Balance BalanceOf(AccountName name) =>
        NumberOf(name) is { } number ? BalanceOf(number) : new Balance(name, 0, 0, 0, 0);

    private Balance BalanceOf(AccountNumber number)
    {
        var (posted, pendingOut, pendingIn) = (0L, 0L, 0L);
        foreach (var posting in _posted)
        {
            posted -= posting.Debit == number ? posting.Amount : 0;
            posted += posting.Credit == number ? posting.Amount : 0;
        }

        foreach (var posting in Pending)
        {
            pendingOut += posting.Debit == number ? posting.Amount : 0;
            pendingIn += posting.Credit == number ? posting.Amount : 0;
        }

        return new Balance(_accounts[number.Value], posted, posted - pendingOut, pendingOut, pendingIn);
    }

    private LedgerVerdict TellIdentified(IdentifiedLedgerCommand command, LedgerTime now)
    {
        if (_commands.TryGetValue(command.Id, out var known))
        {
            if (known.Command != command)
            {
                return LedgerVerdict.Refuses(new LedgerRefused(
                    LedgerRefusal.CommandIdUsedWithDifferentPayload,
                    Entry: known.Entry,
                    Field: CommandDifference.First(known.Command, command)));
            }

            return known.Refused is { } refused
                ? LedgerVerdict.Refuses(refused)
                : LedgerVerdict.AlreadyDone(known.Entry);
        }

        var verdict = command switch
        {
            Deposit c => Post([FromOutside(c.Principal, c.Amount)]),
            Withdraw c => Post([ToOutside(c.Principal, c.Amount)]),
            MintUnits c => Post([Mint(AccountName.Stock(c.Owner, c.Listing), c.Quantity)]),
            MintNeed c => Post([Mint(AccountName.Need(c.Owner, c.Request), c.Quantity)]),
            ReturnUnits c => TellReturn(c),
            ReturnStock c => TellReturn(AccountName.Stock(c.Owner, c.Listing)),
            Transfer c => TellTransfer(c),
            HoldTransfer c => TellHold(c, now),
            OpenAccount c => TellOpen(c),
            CloseSubject c => TellClose(c),
            Reverse c => TellReverse(c),
            PayClaim c => TellPay(c),
            _ => throw new ArgumentException($"The model knows no {command.GetType().Name}.", nameof(command)),
        };
        if (verdict.Outcome is LedgerOutcome.Done or LedgerOutcome.RefusedForGood)
        {
            _commands.Add(command.Id, new NaiveCommand(command, Next, verdict.Refused));
        }

        return verdict;
    }

    private static Leg FromOutside(PrincipalNumber principal, Money amount) =>
        new(AccountName.World(amount.Currency), AccountName.Funds(principal, amount.Currency), amount.MinorUnits);

    private static Leg ToOutside(PrincipalNumber principal, Money amount) =>
        new(AccountName.Funds(principal, amount.Currency), AccountName.World(amount.Currency), amount.MinorUnits);

    private static Leg Mint(AccountName into, long quantity) => new(AccountName.Mint(into.Asset), into, quantity);

    /// <summary>A checkpoint is an entry of its own, which alone is not worth the next one.</summary>
    private LedgerVerdict TellExport(ExportCheckpoint command)
    {
        var entriesAfter = LastEntry.Value - command.After.Value;
        var entriesNotWorthIt = command.After == default ? 0 : 1;
        return entriesAfter < 0 ? LedgerVerdict.Refuses(LedgerRefusal.CheckpointIsAheadOfBook, LastEntry)
            : entriesAfter <= entriesNotWorthIt ? LedgerVerdict.Refuses(LedgerRefusal.NothingToCheckpoint, LastEntry)
            : LedgerVerdict.Done;
    }

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

        _posted.AddRange(Touch(legs));
        return LedgerVerdict.Done;
    }

    private sealed record NaiveCommand(IdentifiedLedgerCommand Command, EntryNumber Entry, LedgerRefused? Refused);
}
