namespace Market.Domain.Approvals;

/// <summary>Where a request for an approval stands.</summary>
public enum ApprovalStatus : byte
{
    /// <summary>The principal has not answered.</summary>
    Pending = 1,

    /// <summary>Approved, for a time.</summary>
    Granted = 2,

    /// <summary>Denied.</summary>
    Denied = 3,

    /// <summary>Its time was up, before the answer or after an approval.</summary>
    Expired = 4,
}

/// <summary>A principal's answer.</summary>
public enum ApprovalAnswer : byte
{
    /// <summary>It approves.</summary>
    Approve = 1,

    /// <summary>It does not.</summary>
    Deny = 2,
}

/// <summary>An approval that an agent has asked for, as agent and principal may see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="AskedAt">When it was asked for.</param>
/// <param name="EndsAt">
/// While it waits: when the request ends. Approved: when the approval ends. Else when it ended.
/// </param>
/// <param name="Matter">What is to be approved.</param>
/// <param name="Names">What it is called, for people.</param>
public sealed record ApprovalRecord(
    ApprovalId Id,
    ApprovalStatus Status,
    LedgerTime AskedAt,
    LedgerTime EndsAt,
    ApprovalMatter Matter,
    ApprovalNames Names);
