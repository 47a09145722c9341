namespace Market.Domain.Settling;

/// <summary>An account's number in its book: dense, from 0, in the order in which entries opened accounts.</summary>
/// <param name="Value">The number.</param>
public readonly record struct AccountNumber(int Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"account_{Value}";
}

/// <summary>
/// An entry's number in its book: the version of the ledger's stream, from 1; 0 is "before the first".
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct EntryNumber(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"entry_{Value}";
}

/// <summary>
/// What makes a command of the ledger the same command however often it is sent. Made by the sender from what
/// caused the command, for example a hash of agent and message id. Known as long as the book lives (INV-8).
/// </summary>
/// <param name="Value">The hash.</param>
public readonly record struct LedgerCommandId(Hash256 Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"cmd_{Value}";
}
