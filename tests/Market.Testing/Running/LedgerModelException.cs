namespace Market.Testing;

/// <summary>A script does what it must not; the text has the script, to be pasted into a test.</summary>
public sealed class LedgerModelException : Exception
{
    internal LedgerModelException(string what, LedgerScript script, LedgerTally tally, Exception? cause)
        : base($"{what}\n\n{script}\n\n{tally}", cause) => (What, Script, Tally) = (what, script, tally);

    /// <summary>What went wrong, in one line.</summary>
    public string What { get; }

    /// <summary>The steps up to the one that failed.</summary>
    public LedgerScript Script { get; }

    /// <summary>What the steps before were made of.</summary>
    public LedgerTally Tally { get; }
}
