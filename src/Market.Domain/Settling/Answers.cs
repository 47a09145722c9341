namespace Market.Domain.Settling;

/// <summary>
/// Turns decisions into answers: the same for the same command, whether it happens now or has happened before.
/// </summary>
public static class Answers
{
    /// <summary>The answer to a command other than settle.</summary>
    /// <param name="state">The state on which the command was decided, its event not applied yet.</param>
    /// <param name="decision">What it came to.</param>
    public static LedgerAnswer Of(LedgerState state, LedgerDecision decision)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (decision.Refused is { } refused)
        {
            return refused;
        }

        return new LedgerDone(decision.IsAlreadyDone ? decision.DoneBy : state.NextEntry);
    }

    /// <summary>The answer to a settle.</summary>
    /// <param name="state">The state on which the command was decided, its event not applied yet.</param>
    /// <param name="command">The command.</param>
    /// <param name="decision">What it came to.</param>
    public static SettlementAnswer Of(LedgerState state, Settle command, LedgerDecision decision)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        if (decision.Causes is { } causes)
        {
            return new SettlementRefused(command.Deal, command.Negotiation, causes);
        }

        var (entry, at) = decision.Event is { } settled
            ? (state.NextEntry, settled.At)
            : (decision.DoneBy, decision.DoneAt);
        return new Settled(command.Deal, command.Negotiation, entry, at, command.Mode, command.DeliveryDeadline);
    }
}
