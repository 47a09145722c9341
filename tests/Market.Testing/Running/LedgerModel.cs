
namespace Market.Testing;

/// <summary>
/// Runs scripts on the ledger and on <see cref="NaiveLedger"/> side by side. After every command: the same verdict
/// with the same numbers, the same balances, deals and mandates, every invariant of <see cref="LedgerInvariants"/>;
/// a refused command has changed nothing. At the end: a replay of the journal gives the same state hash.
/// </summary>
public static class LedgerModel
{
    /// <summary>Runs a script.</summary>
    /// <param name="script">The steps; written as a list, <c>[new Deposit(…), TimeSpan.FromMinutes(5)]</c>.</param>
    /// <param name="options">How; null for the usual way.</param>
    /// <returns>The book, and what the script was made of.</returns>
    /// <exception cref="LedgerModelException">
    /// The ledger did what it must not. The text has the script up to there. It is not shrunk: FsCheck does that for
    /// a property, <see cref="Shrink"/> for a script of your own.
    /// </exception>
    public static LedgerRun Run(LedgerScript script, LedgerModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(script);
        var run = new ScriptRun(options ?? LedgerModelOptions.Default);
        var done = 0;
        try
        {
            foreach (var step in script)
            {
                done++;
                run.Do(step);
            }

            run.Finish();
        }
        catch (Exception cause) when (cause is not LedgerModelException)
        {
            throw new LedgerModelException(
                $"Step {done} of {script.Steps.Count}: {Text(cause)}", script.Take(done), run.Tally, cause);
        }

        return new LedgerRun(run.Book, run.Tally);
    }

    /// <summary>The smallest script found that fails as this one does; itself where it does not fail.</summary>
    /// <param name="script">A script that fails.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="triesMax">After how many tries to give up.</param>
    public static LedgerScript Shrink(LedgerScript script, LedgerModelOptions? options = null, int triesMax = 5_000)
    {
        var best = FailureOf(script, options);
        if (best is null)
        {
            return script;
        }

        for (var tries = 0; tries < triesMax;)
        {
            var smaller = Shrinking.Of(best.Script)
                .TakeWhile(_ => tries++ < triesMax)
                .Select(candidate => FailureOf(candidate, options))
                .FirstOrDefault(failure => failure is not null);
            if (smaller is null)
            {
                break;
            }

            best = smaller;
        }

        return best.Script;
    }

    /// <summary>How a script fails; null where it does not.</summary>
    public static LedgerModelException? FailureOf(LedgerScript script, LedgerModelOptions? options = null)
    {
        try
        {
            _ = Run(script, options);
            return null;
        }
        catch (LedgerModelException failure)
        {
            return failure;
        }
    }

    private static string Text(Exception cause) =>
        cause is InvariantViolationException or LedgersDifferException
            ? cause.Message
            : $"{cause.GetType().Name}: {cause.Message}";

}

/// <summary>A script that ran to its end.</summary>
/// <param name="Book">The book as it stands after the last step.</param>
/// <param name="Tally">What the script was made of.</param>
public sealed record LedgerRun(LedgerBook Book, LedgerTally Tally);

/// <summary>The ledger and the obvious one do not agree.</summary>
/// <param name="how">On what, and what each says.</param>
public sealed class LedgersDifferException(string how) : Exception(how);
