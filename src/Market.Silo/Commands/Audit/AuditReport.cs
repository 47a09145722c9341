namespace Market.Silo.Commands.Audit;

/// <summary>What an audit found in a data folder.</summary>
/// <param name="Market">The market whose store it is.</param>
/// <param name="Rows">Event rows read.</param>
/// <param name="Streams">Streams that the store names.</param>
/// <param name="Entries">Entries of the ledger.</param>
/// <param name="Deals">Agreements between a buyer and a seller.</param>
/// <param name="DealsSettled">Agreements that ended settled.</param>
/// <param name="DealsFailed">Agreements that ended because the ledger refused them.</param>
/// <param name="InProgress">Agreements whose negotiation has not journalled the ledger's answer yet.</param>
/// <param name="Accounts">Accounts that the ledger opened.</param>
/// <param name="Assets">Assets that those accounts count.</param>
/// <param name="OpenHolds">Holds that are neither posted nor released.</param>
/// <param name="TrialBalanceZero">Whether every asset, listed or not, sums to zero over all accounts (INV-1).</param>
/// <param name="TrialBalance">A line for each currency, and for each other asset that does not sum to zero.</param>
/// <param name="ChainVerified">Whether every entry's hash follows from the one before, from the genesis on
/// (INV-14).</param>
/// <param name="SignaturesVerified">Agents' signatures under deals that were verified again; 0 where that was not
/// asked.</param>
/// <param name="ReceiptsVerified">Receipts whose signature was verified with a key of the folder.</param>
/// <param name="ReceiptsUnchecked">Receipts whose key is not in the folder, or all where signatures were not asked for;
/// their content was compared.</param>
/// <param name="CheckpointsContained">Published checkpoints that the book contains (INV-14); 0 where no file of them
/// was read.</param>
/// <param name="CheckpointedUpTo">The last entry that was published; 0 for none. Who has none cannot know whether the
/// last entries were removed.</param>
/// <param name="Oversold">Times that an entry left a stock or a need below zero.</param>
/// <param name="SettledTwice">Entries that settle a deal that an earlier one had settled.</param>
/// <param name="ErrorCount">Errors found, those not listed included.</param>
/// <param name="Errors">The first errors, by position; those of the store as a whole last.</param>
public sealed record AuditReport(
    string Market,
    long Rows,
    long Streams,
    long Entries,
    long Deals,
    long DealsSettled,
    long DealsFailed,
    long InProgress,
    long Accounts,
    long Assets,
    long OpenHolds,
    bool TrialBalanceZero,
    IReadOnlyList<TrialBalanceLine> TrialBalance,
    bool ChainVerified,
    long SignaturesVerified,
    long ReceiptsVerified,
    long ReceiptsUnchecked,
    long CheckpointsContained,
    long CheckpointedUpTo,
    long Oversold,
    long SettledTwice,
    long ErrorCount,
    IReadOnlyList<AuditError> Errors)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsSound => ErrorCount == 0;
}

/// <summary>The sum of one asset over all accounts.</summary>
/// <param name="Asset">What it is called.</param>
/// <param name="Sum">Credits − debits, in minor units or units; 0 in a sound book.</param>
/// <param name="Zero">Whether posted and pending amounts both sum to zero.</param>
public sealed record TrialBalanceLine(string Asset, long Sum, bool Zero);

/// <summary>One thing that is wrong.</summary>
/// <param name="Position">The row's place in the journal; 0 where it is no single row's fault.</param>
/// <param name="Stream">The row's stream; 0 where that is not known.</param>
/// <param name="Version">The row's version; 0 where that is not known.</param>
/// <param name="What">What was found and what would be right, as a sentence.</param>
public sealed record AuditError(long Position, long Stream, long Version, string What)
{
    /// <summary>For example "position 17, stream 5, version 3: Its hash is …".</summary>
    public override string ToString() => Position == 0
        ? What
        : FormattableString.Invariant($"position {Position}, stream {Stream}, version {Version}: {What}");
}

/// <summary>How far an audit has come.</summary>
/// <param name="Rows">Rows read so far.</param>
/// <param name="RowsInAll">Rows that there are to read.</param>
public readonly record struct AuditProgress(long Rows, long RowsInAll);

/// <summary>
/// There is nothing that could be audited: no folder, no store of a market, or one of a newer program.
/// </summary>
/// <param name="message">What was found and what would be right, as a sentence.</param>
/// <param name="inner">The storage's own error, if it gave one.</param>
public sealed class NotAuditableException(string message, Exception? inner = null) : Exception(message, inner);
