using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>One run of a script on both ledgers.</summary>
internal sealed class ScriptRun(LedgerModelOptions options)
{
    private const int DiscardsBeforeJudging = 20;
    private readonly NaiveLedger _model = new();
    private Hash256 _hash = StateHash.Of(new LedgerState());

    public LedgerBook Book { get; } = new();

    public LedgerTally Tally { get; } = new();

    public void Do(LedgerStep step)
    {
        Book.Wait(step.Wait);
        if (step.Command is { } command)
        {
            Tell(command);
        }
    }

    public void Finish()
    {
        Same("replay", StateHash.Of(LedgerBook.Replay(Book.Journal)), _hash);
        if (Tally.Told + Tally.Discarded >= DiscardsBeforeJudging && Tally.DiscardRate > options.DiscardRateMax)
        {
            throw new LedgersDifferException(
                $"{Tally.DiscardRate:P0} of the commands were left out by the precondition, at most "
                + $"{options.DiscardRateMax:P0} may be; generate fewer commands that do not meet it.");
        }
    }

    private void Tell(LedgerCommand command)
    {
        if (options.Precondition?.Invoke(Book.State, command) == false)
        {
            Tally.Discard();
            return;
        }

        var now = Book.Now;
        var decision = options.Decide(Book.State, command, now);
        var verdict = LedgerVerdict.Of(decision);
        Same("state after deciding, before applying", StateHash.Of(Book.State), _hash);
        Same(command.GetType().Name, verdict, _model.Tell(command, now));
        Tally.Count(command, verdict);
        if (decision.Event is { } @event)
        {
            var deadline = Book.State.NextDeadlineAfter(@event);
            Book.Append(@event);
            _hash = StateHash.Of(Book.State);
            LedgerInvariants.Check(Book.State, Book.Journal);
            Same("deadline foretold", deadline, Book.State.NextDeadline);
            Compare();
        }

        options.Also?.Invoke(Book, command, verdict);
    }

    private void Compare()
    {
        Same("last entry", Book.State.LastEntry, _model.LastEntry);
        Same("last time", Book.State.LastTime, _model.LastTime);
        Same("open holds", Book.State.OpenHoldCount, _model.OpenHoldCount);
        Same("next deadline", Book.State.NextDeadline, _model.NextDeadline);
        Same("accounts", Book.State.AccountCount, _model.Accounts.Count);
        var balances = _model.Balances();
        for (var i = 0; i < _model.Accounts.Count; i++)
        {
            var name = _model.Accounts[i];
            Same("number of an account", LedgerQueries.GetAccount(Book.State, new AccountNumber(i)), name);
            Same("balance", LedgerQueries.GetBalance(Book.State, name), balances[name]);
        }

        foreach (var (mandate, revokedBy) in _model.Mandates)
        {
            var standing = LedgerQueries.GetMandate(Book.State, mandate);
            Same("usage of a mandate", standing?.Usage, _model.UsageOf(mandate));
            Same("revocation of a mandate", standing?.RevokedBy, revokedBy);
        }
    }

    private static void Same<T>(string what, T ledger, T model)
    {
        if (!EqualityComparer<T>.Default.Equals(ledger, model))
        {
            throw new LedgersDifferException(
                $"{what}: the ledger says {ledger?.ToString() ?? "nothing"}, "
                + $"the model says {model?.ToString() ?? "nothing"}.");
        }
    }
}
