using Market.Domain.Mandates;
using Market.Domain.Settling;
using Market.Testing;

namespace Market.Domain.Tests.Settling;

/// <summary>
/// The ledger's own rules, watched while a script is told: which of the situations that a proof by scripts is worth
/// nothing without were reached. One for each script.
/// </summary>
internal sealed class LedgerSituations(Sometimes reached)
{
    public const string LateButOpen = "a hold past its time, not expired by an entry yet, was to be posted";
    public const string LateAndExpired = "a hold that an entry had expired was to be posted";
    public const string RevokedInMidDeal = "a mandate was revoked while a deal under it was held";
    public const string SuspendedAncestor = "a deal was refused for an ancestor of its mandate that was stopped";
    public const string ClaimWasPaid = "a reversal became a claim and was paid";
    public const string OldIdRecalled = "an id that only the journal remembers was told again";
    public const string OpenedAgain = "an account was evicted and opened again";

    private readonly HashSet<AccountName> _evicted = [];

    public static IEnumerable<string> All { get; } =
    [
        LateButOpen, LateAndExpired, RevokedInMidDeal, SuspendedAncestor, ClaimWasPaid, OldIdRecalled, OpenedAgain,
    ];

    public LedgerDecision Decide(LedgerBook book, LedgerCommand command, LedgerTime now)
    {
        var recalls = LedgerRules.Decide(book.State, command, now).IsToRecall;
        var decision = LedgerRules.DecideRecalling(book.State, command, now, book.EntryAt);
        var isLate = command is PostHold && decision.Refused?.Reason == LedgerRefusal.HoldExpired;
        reached.Reached(LateButOpen, isLate && decision.Refused?.Entry is null);
        reached.Reached(LateAndExpired, isLate && decision.Refused?.Entry is not null);
        reached.Reached(OldIdRecalled, recalls && decision.IsAlreadyDone);
        reached.Reached(SuspendedAncestor, command is Settle { Buyer.Mandate: { } buyer } && decision is
        {
            Causes.Buyer.Reason: LedgerRefusal.MandateSuspended or LedgerRefusal.MandateRevoked,
            Event: not null,
        } && StatusOf(book, buyer) == MandateStatus.Active);
        if (decision is { Event: { } entry })
        {
            Look(book, entry);
        }

        return decision;
    }

    private void Look(LedgerBook book, LedgerEvent entry)
    {
        reached.Reached(ClaimWasPaid, entry is ClaimPaid);
        reached.Reached(RevokedInMidDeal, entry is MandateRevoked revoked
            && LedgerQueries.GetMandate(book.State, revoked.Mandate) is { OpenHolds: > 0 });
        IEnumerable<OpenedAccount> opened = entry switch
        {
            TransfersPosted posted => posted.Opened,
            AccountsOpened asked => asked.Opened,
            TransferHeld held => held.Opened,
            DealBooked booked => booked.Opened,
            _ => [],
        };
        reached.Reached(OpenedAgain, opened.Any(account => _evicted.Contains(account.Name)));
        if (entry is AccountsEvicted evicted)
        {
            _evicted.UnionWith(evicted.Evicted.Select(account => account.Name));
        }
    }

    private static MandateStatus? StatusOf(LedgerBook book, MandateId mandate) =>
        LedgerQueries.GetMandate(book.State, mandate)?.Status;
}
