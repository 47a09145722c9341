using Market.Domain;
using Market.Domain.Auditing;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>One run of a script on both ledgers.</summary>
internal sealed class ScriptRun(LedgerModelOptions options)
{
    private const int DiscardsBeforeJudging = 20;
    private readonly NaiveLedger _model = new();
    private LedgerContent _content = LedgerContent.Of(new LedgerState());

    public LedgerBook Book { get; } = new(options.EntriesMax);

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
        // Equal content after every step is an equal hash; so the hashes themselves are compared once.
        var hash = StateHash.Of(_content);
        Same("state hash", hash, StateHash.Of(_model.Content()));
        Same("state hash of a replay", StateHash.Of(LedgerBook.Replay(Book.Journal)), hash);
        if (Tally.Told + Tally.Discarded >= DiscardsBeforeJudging && Tally.DiscardRate > options.DiscardRateMax)
        {
            throw new LedgersDifferException(
                $"{Tally.DiscardRate:P0} of the commands were left out by the precondition, at most "
                + $"{options.DiscardRateMax:P0} may be; generate fewer commands that do not meet it.");
        }
    }

    private void Tell(LedgerCommand command)
    {
        if (options.Precondition?.Invoke(Book, command) == false)
        {
            Tally.Discard();
            return;
        }

        var now = Book.Now;
        var decision = options.Decide(Book, command, now);
        var verdict = LedgerVerdict.Of(decision);
        Same("content after deciding, before applying", LedgerContent.Of(Book.State), _content);
        Same(command.GetType().Name, verdict, _model.Tell(command, now));
        Tally.Count(command, verdict);
        if (decision.Event is { } @event)
        {
            var deadline = Book.State.NextDeadlineAfter(@event);
            Book.Append(@event);
            _content = LedgerContent.Of(Book.State);
            LedgerInvariants.Check(Book);
            Same("deadline foretold", deadline, Book.State.NextDeadline);
            Compare();
        }

        options.Also?.Invoke(Book, command, verdict);
    }

    private void Compare()
    {
        var (ledger, model) = (_content, _model.Content());
        Same("last entry", ledger.LastEntry, model.LastEntry);
        Same("last time", ledger.LastTime, model.LastTime);
        Same("account numbers", ledger.AccountNumbers, model.AccountNumbers);
        SameItems("account", ledger.Accounts, model.Accounts);
        SameItems("mandate", ledger.Mandates, model.Mandates);
        SameItems("hold", ledger.Holds, model.Holds);
        SameItems("claim", ledger.Claims, model.Claims);
        SameItems("reversal", ledger.Reversals, model.Reversals);
    }

    private static void SameItems<T>(string what, ValueArray<T> ledger, ValueArray<T> model)
    {
        foreach (var (left, right) in ledger.Zip(model))
        {
            Same(what, left, right);
        }

        Same($"count of {what}s", ledger.Count, model.Count);
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
