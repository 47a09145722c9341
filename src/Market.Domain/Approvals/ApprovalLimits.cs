namespace Market.Domain.Approvals;

/// <summary>The limits of approvals, each with its reason.</summary>
public static class ApprovalLimits
{
    /// <summary>How long a principal's approval holds where it does not say.</summary>
    public static readonly TimeSpan DefaultValidity = TimeSpan.FromMinutes(2);

    /// <summary>Longest time that an approval holds, and that a request for one waits: a day's work.</summary>
    public static readonly TimeSpan ValidityMax = TimeSpan.FromHours(24);

    /// <summary>Requests of one agent that wait at one time, so that nobody buries its principal.</summary>
    public const int PendingMax = 32;

    /// <summary>
    /// Approvals of one principal that are remembered for retries, for a day longer than message ids live: bounds its
    /// memory.
    /// </summary>
    public const int RememberedMax = 1_024;

    /// <summary>
    /// How long an approval is remembered from when it was asked for: until no message id of its acts is taken any
    /// more.
    /// </summary>
    public static readonly TimeSpan RememberedFor =
        MarketLimits.MessageIdWindow + ValidityMax + MarketLimits.MessageIdSkewMax;

    /// <summary>Approvals of one page of a list.</summary>
    public const int PageMax = 50;
}
