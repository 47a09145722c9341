using Market.Domain.Auditing;

namespace Market.Domain.Settling;

/// <summary>
/// The ledger as a pure function: what a command comes to in a state at a moment. Each decision lists its refusals
/// from top to bottom and then has one point after which nothing may fail.
/// </summary>
public static class LedgerRules
{
    private const int PayloadBytes = 256;

    /// <summary>Decides a command. Changes nothing; the caller appends the event and then applies it.</summary>
    /// <param name="state">The book.</param>
    /// <param name="command">The command.</param>
    /// <param name="now">The moment that the entry will carry: after the book's last one.</param>
    /// <exception cref="ArgumentException">The moment is not after the last entry, or the command is of no known
    /// kind.</exception>
    public static LedgerDecision Decide(LedgerState state, LedgerCommand command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        if (now <= state.LastTime)
        {
            throw new ArgumentException("The moment of an entry is after the last entry's.", nameof(now));
        }

        return command switch
        {
            Settle settle => SettleRules.Decide(state, settle, now),
            IdentifiedLedgerCommand identified => DecideIdentified(state, identified, now),
            ConfirmDelivery confirm => DeliveryRules.Confirm(state, confirm, now),
            CancelDelivery cancel => DeliveryRules.Cancel(state, cancel, now),
            PostHold post => HoldRules.Post(state, post, now),
            VoidHold release => HoldRules.Void(state, release, now),
            ExpireHolds expire => HoldRules.Expire(state, expire, now),
            GrantMandate grant => GrantRules.Grant(state, grant, now),
            RevokeMandate revoke => GrantRules.Revoke(state, revoke, now),
            ExportCheckpoint export => CheckpointRules.Export(state, export, now),
            _ => throw new ArgumentException($"The ledger knows no {command.GetType().Name}.", nameof(command)),
        };
    }

    private static LedgerDecision DecideIdentified(LedgerState state, IdentifiedLedgerCommand command, LedgerTime now)
    {
        var writer = new CanonicalWriter(PayloadBytes);
        command.WritePayload(writer);
        var payload = Hash256.Of(writer.Written);
        if (state.Commands.TryFind(command.Id, out var place))
        {
            ref readonly var known = ref state.Commands[place];
            return known.PayloadHash == payload
                ? LedgerDecision.AlreadyDone(known.Entry)
                : LedgerDecision.Refuses(LedgerRefusal.CommandIdUsedWithDifferentPayload, known.Entry);
        }

        return command is HoldTransfer hold
            ? HoldRules.Place(state, hold, payload, now)
            : TransferRules.Decide(state, command, payload, now);
    }
}
