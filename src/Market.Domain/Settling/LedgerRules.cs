namespace Market.Domain.Settling;

/// <summary>
/// The ledger as a pure function: what a command comes to in a state at a moment. Each decision lists its refusals
/// from top to bottom and then has one point after which nothing may fail.
/// </summary>
public static class LedgerRules
{
    /// <summary>Decides a command. Changes nothing; the caller appends the event and then applies it.</summary>
    /// <param name="state">The book.</param>
    /// <param name="command">The command.</param>
    /// <param name="now">The moment that the entry will carry: after the book's last one.</param>
    /// <exception cref="ArgumentException">The moment is not after the last entry, or the command is of no known
    /// kind.</exception>
    public static LedgerDecision Decide(LedgerState state, LedgerCommand command, LedgerTime now) =>
        DecideAgain(state, command, now, []);

    /// <summary>
    /// Decides a command for which an earlier decision asked for old entries (<see cref="LedgerDecision.Recalls"/>).
    /// Others may have come in between; so it can ask for more.
    /// </summary>
    /// <param name="state">The book.</param>
    /// <param name="command">The command.</param>
    /// <param name="now">The moment that the entry will carry: after the book's last one.</param>
    /// <param name="recalled">The entries that were asked for, read from the book's journal.</param>
    /// <exception cref="ArgumentException">As of <see cref="Decide"/>.</exception>
    public static LedgerDecision DecideAgain(
        LedgerState state, LedgerCommand command, LedgerTime now, ValueArray<RecalledEntry> recalled)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        if (now <= state.LastTime)
        {
            throw new ArgumentException("The moment of an entry is after the last entry's.", nameof(now));
        }

        var past = new Past(state, recalled);
        return past.Complete(command switch
        {
            Settle settle => SettleRules.Decide(state, settle, now, ref past),
            IdentifiedLedgerCommand identified => DecideIdentified(state, identified, now, ref past),
            ConfirmDelivery confirm => DeliveryRules.Confirm(state, confirm, now, ref past),
            CancelDelivery cancel => DeliveryRules.Cancel(state, cancel, now, ref past),
            PostHold post => HoldRules.Post(state, post, now, ref past),
            VoidHold release => HoldRules.Void(state, release, now, ref past),
            ExpireHolds expire => HoldRules.Expire(state, expire, now),
            GrantMandate grant => GrantRules.Grant(state, grant, now),
            RevokeMandate revoke => GrantRules.Revoke(state, revoke, now),
            SuspendMandate suspend => GrantRules.Suspend(state, suspend, now),
            ResumeMandate resume => GrantRules.Resume(state, resume, now),
            ExportCheckpoint export => CheckpointRules.Export(state, export, now),
            _ => throw new ArgumentException($"The ledger knows no {command.GetType().Name}.", nameof(command)),
        });
    }

    /// <summary>Decides a command where the book's journal is at hand: reads what the decision asks for.</summary>
    /// <param name="state">The book.</param>
    /// <param name="command">The command.</param>
    /// <param name="now">The moment that the entry will carry: after the book's last one.</param>
    /// <param name="journal">Reads an entry of the book by its number.</param>
    /// <exception cref="ArgumentException">As of <see cref="Decide"/>.</exception>
    public static LedgerDecision DecideRecalling(
        LedgerState state, LedgerCommand command, LedgerTime now, Func<EntryNumber, LedgerEvent> journal)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var decision = Decide(state, command, now);
        while (decision.IsToRecall)
        {
            var recalled = decision.Recalls.Select(entry => new RecalledEntry(entry, journal(entry))).ToValueArray();
            decision = DecideAgain(state, command, now, recalled);
        }

        return decision;
    }

    private static LedgerDecision DecideIdentified(
        LedgerState state, IdentifiedLedgerCommand command, LedgerTime now, ref Past past)
    {
        var id = command.Id.Value;
        var (older, hash) = past.Begin(RememberedKind.Command, id);
        if (past.TryFindRecent(RememberedKind.Command, id, hash, out var known))
        {
            return Again(command, known, ref past);
        }

        var first = DecideFirst(state, command, now, ref past);
        return past.TryFindOlder(RememberedKind.Command, id, older, out known)
            ? Again(command, known, ref past)
            : first;
    }

    private static LedgerDecision Again(IdentifiedLedgerCommand command, in RememberedRow known, ref Past past)
    {
        var difference = PayloadComparison.FirstDifference(command, known, ref past);
        if (difference != LedgerField.None)
        {
            return LedgerDecision.Refuses(new LedgerRefused(
                LedgerRefusal.CommandIdUsedWithDifferentPayload, Entry: known.Entry, Field: difference));
        }

        return known.Detail switch
        {
            RefundClaimed claimed => LedgerDecision.Refuses(ReversalRules.RefusedBy(claimed, known.Entry)),
            ReturnRefused refused => LedgerDecision.Refuses(ReturnRules.RefusedBy(refused, known.Entry)),
            _ => LedgerDecision.AlreadyDone(known.Entry, known.At),
        };
    }

    private static LedgerDecision DecideFirst(
        LedgerState state, IdentifiedLedgerCommand command, LedgerTime now, ref Past past) => command switch
        {
            HoldTransfer hold => HoldRules.Place(state, hold, now),
            ReturnUnits units => ReturnRules.Decide(state, units, now),
            OpenAccount open => AccountRules.Open(state, open, now),
            CloseSubject close => AccountRules.Close(state, close, now),
            Reverse reverse => ReversalRules.Reverse(state, reverse, now, ref past),
            PayClaim pay => ReversalRules.Pay(state, pay, now, ref past),
            _ => TransferRules.Decide(state, command, now),
        };
}
