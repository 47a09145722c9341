using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing.Tests;

/// <summary>Ledgers with a defect each, which a run of random scripts has to find.</summary>
internal static class BrokenRules
{
    public static Dictionary<string, Func<LedgerState, LedgerCommand, LedgerTime, LedgerDecision>> All { get; } = new()
    {
        ["pays out less than was asked for"] = (state, command, now) => LedgerRules.Decide(
            state, command is Withdraw c ? c with { Amount = c.Amount with { MinorUnits = 1 } } : command, now),
        ["looks at a mandate without its agent"] = (state, command, now) => LedgerRules.Decide(
            state,
            command is Settle { Buyer.Mandate: { } id } c && LedgerQueries.GetMandate(state, id) is { } standing
                ? c with { Buyer = c.Buyer with { Agent = standing.Mandate.Agent } }
                : command,
            now),
        ["ignores mandates"] = (state, command, now) => LedgerRules.Decide(
            state,
            command is Settle c ? c with { Buyer = c.Buyer with { Mandate = null } } : command,
            now),
        ["lets holds be posted after their time"] = (state, command, now) => LedgerRules.Decide(
            state, command, command is PostHold ? new LedgerTime(state.LastTime.Ticks + 1) : now),
        ["expires one hold more than it may"] = (state, command, now) => LedgerRules.Decide(
            state, command is ExpireHolds { Max: > 0 and < 256 } c ? new ExpireHolds(c.Max + 1) : command, now),
        ["changes the state while it decides"] = (state, command, now) =>
        {
            var decision = LedgerRules.Decide(state, command, now);
            if (command is VoidHold && decision.Event is { } @event)
            {
                state.Apply(@event);
            }

            return decision;
        },
    };
}
