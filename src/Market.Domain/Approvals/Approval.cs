using Market.Domain.Negotiating;

namespace Market.Domain.Approvals;

/// <summary>One approval as its principal's stream has made it.</summary>
internal sealed class Approval(ApprovalRequested requested)
{
    public ApprovalId Id => requested.Id;

    public ApprovalMatter Matter => requested.Matter;

    public LedgerTime AskedAt => requested.At;

    public ActDigest RequestDigest => requested.Digest;

    public LedgerTime RequestEndsAt => requested.EndsAt;

    public ApprovalStatus Status { get; set; } = ApprovalStatus.Pending;

    /// <summary>As of <see cref="ApprovalRecord"/>.</summary>
    public LedgerTime EndsAt { get; set; } = requested.EndsAt;

    /// <summary>The signed approval; null unless it was granted.</summary>
    public GrantedApproval? Granted { get; set; }

    /// <summary>The principal's act; null before its answer.</summary>
    public MessageId? AnswerMessage { get; private set; }

    public ActDigest AnswerDigest { get; private set; }

    /// <summary>What the principal answered, whatever has become of it since.</summary>
    public ApprovalStatus Answered { get; private set; }

    /// <summary>Until when it had answered.</summary>
    public LedgerTime AnsweredUntil { get; private set; }

    /// <summary>Whether it waits or holds.</summary>
    public bool IsOpen => Status is ApprovalStatus.Pending or ApprovalStatus.Granted;

    public ApprovalRecord Record => new(Id, Status, AskedAt, EndsAt, Matter, requested.Names);

    /// <summary>Takes up the principal's answer.</summary>
    public void Answer(ApprovalStatus status, LedgerTime until, MessageId message, ActDigest digest)
    {
        (Status, EndsAt) = (status, until);
        (Answered, AnsweredUntil, AnswerMessage, AnswerDigest) = (status, until, message, digest);
    }
}
