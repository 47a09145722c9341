using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing.Tests;

/// <summary>Ledgers with a defect each, which a run of random scripts has to find.</summary>
internal static class BrokenRules
{
    public static Dictionary<string, Func<LedgerBook, LedgerCommand, LedgerTime, LedgerDecision>> All { get; } = new()
    {
        ["pays out less than was asked for"] = (book, command, now) => Right(
            book, command is Withdraw c ? c with { Amount = c.Amount with { MinorUnits = 1 } } : command, now),
        ["looks at a mandate without its agent"] = (book, command, now) => Right(
            book,
            command is Settle { Buyer.Mandate: { } id } c && LedgerQueries.GetMandate(book.State, id) is { } standing
                ? c with { Buyer = c.Buyer with { Agent = standing.Mandate.Agent } }
                : command,
            now),
        ["ignores mandates"] = (book, command, now) => Right(
            book,
            command is Settle c ? c with { Buyer = c.Buyer with { Mandate = null } } : command,
            now),
        ["takes whatever category a mandate names"] = (book, command, now) => Right(
            book,
            command is Settle { Buyer.Mandate: { } id } c
                && LedgerQueries.GetMandate(book.State, id)?.Mandate.Categories is [var first, ..]
                ? c with { Category = first }
                : command,
            now),
        ["approves by itself"] = (book, command, now) => Right(
            book,
            command is Settle { Buyer.Mandate: not null } c
                ? c with { Buyer = c.Buyer with { Approval = c.TermsHash } }
                : command,
            now),
        ["lets holds be posted after their time"] = (book, command, now) => Right(
            book, command, command is PostHold ? new LedgerTime(book.State.LastTime.Ticks + 1) : now),
        ["expires one hold more than it may"] = (book, command, now) => Right(
            book, command is ExpireHolds { Max: > 0 and < 256 } c ? new ExpireHolds(c.Max + 1) : command, now),
        ["gives back twice what a reversal says"] = (book, command, now) => Right(
            book,
            command is Reverse c ? c with { Amounts = [.. c.Amounts.Select(amount => 2 * amount)] } : command,
            now),
        ["changes the state while it decides"] = (book, command, now) =>
        {
            var decision = Right(book, command, now);
            if (command is VoidHold && decision.Event is { } @event)
            {
                book.State.Apply(@event);
            }

            return decision;
        },
    };

    private static LedgerDecision Right(LedgerBook book, LedgerCommand command, LedgerTime now) =>
        LedgerModelOptions.Default.Decide(book, command, now);
}
