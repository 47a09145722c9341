namespace Market.Client.Pending;

/// <summary>An act was not sent, since too many have no answer yet.</summary>
/// <param name="unansweredMax">How many there may be.</param>
public sealed class PendingCommandsFullException(int unansweredMax) : InvalidOperationException(
    $"{unansweredMax} acts without an answer are on record, and no more may be: ask for their outcomes with "
    + $"{nameof(MarketClient.ResumePendingAsync)}.");
