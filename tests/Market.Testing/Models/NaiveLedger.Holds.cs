using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <content>Holds: placed, posted in part, voided, expired.</content>
public sealed partial class NaiveLedger
{
    private const int ExpiredMax = 256;

    /// <summary>Most open holds on one principal's money.</summary>
    public int HoldsPerPrincipalMax { get; init; } = 1_000_000;

    /// <summary>When the next open hold is due; null where none is open.</summary>
    public LedgerTime? NextDeadline => _holds.Where(hold => hold.IsOpen)
        .Select(hold => (LedgerTime?)hold.ExpiresAt)
        .Min();

    private LedgerVerdict TellHold(HoldTransfer command, LedgerTime now)
    {
        Leg[] legs = [command.Leg];
        if ((CheckDeadline(command.ExpiresAt, now)
            ?? CheckFloors(legs)
            ?? CheckLegs(legs)
            ?? CheckAvailable(legs, LedgerRefusal.AvailableExceeded, posts: false)
            ?? (command.Leg.Debit.Kind == AccountKind.Funds ? CheckHoldCount(command.Leg.Debit.Owner) : null))
            is { } refused)
        {
            return LedgerVerdict.Refuses(refused);
        }

        _holds.Add(new NaiveHold
        {
            Postings = Touch(legs),
            ExpiresAt = command.ExpiresAt,
            Entry = Next,
            Command = command.Id,
        });
        return LedgerVerdict.Done;
    }

    private LedgerRefused? CheckHoldCount(PrincipalNumber owner)
    {
        var count = _holds.Count(hold => hold.IsOpen && PayerOf(hold) == owner);
        return count < HoldsPerPrincipalMax
            ? null
            : new LedgerRefused(LedgerRefusal.TooManyHolds, count + 1, HoldsPerPrincipalMax);
    }

    private PrincipalNumber? PayerOf(NaiveHold hold) => hold.Postings
        .Select(posting => _accounts[posting.Debit.Value])
        .Where(name => name.Kind == AccountKind.Funds)
        .Select(name => (PrincipalNumber?)name.Owner)
        .FirstOrDefault();

    private LedgerVerdict TellPost(PostHold command, LedgerTime now)
    {
        if (HoldOf(command.Hold) is not { } hold)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.HoldUnknown);
        }

        if (hold.Status == HoldStatus.Posted && hold.AmountPosted == command.Amount)
        {
            return LedgerVerdict.AlreadyDone(hold.ClosedBy);
        }

        if (WhyClosed(hold, now) is { } why)
        {
            return LedgerVerdict.Refuses(why);
        }

        var held = hold.Postings[0];
        if (command.Amount < 1)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.AmountNotPositive);
        }

        if (command.Amount > held.Amount)
        {
            return LedgerVerdict.Refuses(
                new LedgerRefused(LedgerRefusal.HoldAmountExceeded, command.Amount, held.Amount));
        }

        _posted.Add(held with { Amount = command.Amount });
        hold.AmountPosted = command.Amount;
        Close(hold, HoldStatus.Posted);
        return LedgerVerdict.Done;
    }

    private LedgerVerdict TellVoid(VoidHold command, LedgerTime now)
    {
        if (HoldOf(command.Hold) is not { } hold)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.HoldUnknown);
        }

        if (hold.Status == HoldStatus.Voided)
        {
            return LedgerVerdict.AlreadyDone(hold.ClosedBy);
        }

        if (WhyClosed(hold, now) is { } why)
        {
            return LedgerVerdict.Refuses(why);
        }

        Close(hold, HoldStatus.Voided);
        return LedgerVerdict.Done;
    }

    private LedgerVerdict TellExpire(ExpireHolds command, LedgerTime now)
    {
        if (command.Max is < 1 or > ExpiredMax)
        {
            return LedgerVerdict.Refuses(LedgerRefusal.StepSizeOutOfRange);
        }

        var due = _holds.Where(hold => hold.IsOpen && hold.ExpiresAt <= now)
            .OrderBy(hold => hold.ExpiresAt)
            .ThenBy(hold => hold.Entry.Value)
            .Take(command.Max)
            .ToList();
        due.ForEach(hold => Close(hold, HoldStatus.Expired));
        return due.Count > 0 ? LedgerVerdict.Done : LedgerVerdict.Refuses(LedgerRefusal.NoHoldIsDue);
    }

    private NaiveHold? HoldOf(LedgerCommandId id) => _holds.Find(hold => hold.Command == id);

    private void Close(NaiveHold hold, HoldStatus status) => (hold.Status, hold.ClosedBy) = (status, Next);

    private static LedgerRefused? WhyClosed(NaiveHold hold, LedgerTime now) => hold.Status switch
    {
        HoldStatus.Posted => new LedgerRefused(LedgerRefusal.HoldAlreadyPosted, Entry: hold.ClosedBy),
        HoldStatus.Voided => new LedgerRefused(LedgerRefusal.HoldAlreadyVoided, Entry: hold.ClosedBy),
        HoldStatus.Expired => new LedgerRefused(LedgerRefusal.HoldExpired, Entry: hold.ClosedBy),
        _ => hold.ExpiresAt <= now ? new LedgerRefused(LedgerRefusal.HoldExpired) : null,
    };
}
