using Market.Domain.Negotiating;

namespace Market.Domain.Approvals;

/// <summary>
/// The approvals of one principal as a pure function: its agents ask, it answers, and time ends both. Nothing of it
/// touches a negotiation; a binding act brings its approval along.
/// </summary>
public static class ApprovalsMachine
{
    /// <summary>Decides a command against a state at a moment. Does not change the state.</summary>
    public static ApprovalDecision Decide(ApprovalsState state, ApprovalCommand command, LedgerTime now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return command switch
        {
            AskForApproval ask => DecideRequest(state, ask, now),
            AnswerApproval answer => DecideAnswer(state, answer, now),
            EndApprovals => new ApprovalDecision(EndDue(state, now)),
            _ => throw new ArgumentException($"No rule decides {command?.GetType().Name}.", nameof(command)),
        };
    }

    private static ApprovalDecision DecideRequest(ApprovalsState state, AskForApproval command, LedgerTime now)
    {
        if (state.Find(command.Id) is { } known)
        {
            return known.RequestDigest == command.Digest
                ? new ApprovalDecision(null, null, known.Id, ApprovalStatus.Pending, known.RequestEndsAt)
                : ApprovalDecision.Refuse(ApprovalRefusal.ApprovalMessageIdReused);
        }

        Enum? refusal =
            MessageIds.Refuse(command.Message, now) is { } message ? message
            : !IsInRange(command.WaitsFor) ? ApprovalRefusal.ApprovalValidityOutOfRange
            : state.FindOpen(command.Matter.Agent, command.Matter.TermsHash, now) is not null
                ? ApprovalRefusal.ApprovalAlreadyAsked
            : state.PendingOf(command.Matter.Agent) >= ApprovalLimits.PendingMax
                || state.Count >= ApprovalLimits.RememberedMax ? ApprovalRefusal.TooManyApprovals
            : null;
        if (refusal is not null)
        {
            return ApprovalDecision.Refuse(refusal);
        }

        // From here on nothing may fail.
        var endsAt = now + command.WaitsFor;
        return new ApprovalDecision(
            new ApprovalRequested(
                now, command.Id, command.Message, command.Digest, endsAt, command.Matter, command.Names),
            null, command.Id, ApprovalStatus.Pending, endsAt);
    }

    private static ApprovalDecision DecideAnswer(ApprovalsState state, AnswerApproval command, LedgerTime now)
    {
        if (state.Find(command.Id) is not { } known)
        {
            return ApprovalDecision.Refuse(ApprovalRefusal.ApprovalUnknown);
        }

        if (known.AnswerMessage == command.Message)
        {
            return known.AnswerDigest == command.Digest
                ? new ApprovalDecision(null, null, known.Id, known.Answered, known.AnsweredUntil)
                : ApprovalDecision.Refuse(ApprovalRefusal.ApprovalMessageIdReused);
        }

        if (MessageIds.Refuse(command.Message, now) is { } message)
        {
            return ApprovalDecision.Refuse(message);
        }

        if (known.Status == ApprovalStatus.Pending && now >= known.EndsAt)
        {
            return ApprovalDecision.Refuse(
                ApprovalRefusal.ApprovalHasExpired, new ApprovalExpired(now, known.Id, WasGranted: false));
        }

        var refusal =
            known.Status == ApprovalStatus.Expired && known.AnswerMessage is null ? ApprovalRefusal.ApprovalHasExpired
            : known.Status != ApprovalStatus.Pending ? ApprovalRefusal.ApprovalAlreadyAnswered
            : (ApprovalRefusal?)null;
        return refusal is not null ? ApprovalDecision.Refuse(refusal)
            : command.Answer == ApprovalAnswer.Deny
                ? new ApprovalDecision(
                    new ApprovalDenied(now, known.Id, command.Message, command.Digest), null, known.Id,
                    ApprovalStatus.Denied, now)
                : DecideGrant(known, command, now);
    }

    private static ApprovalDecision DecideGrant(Approval known, AnswerApproval command, LedgerTime now)
    {
        var document = ApprovalDocument.Read(command.Document);
        var refusal =
            document is null || document != ApprovalDocument.Of(known.Matter, document.ExpiresAt)
                ? ApprovalRefusal.ApprovalDocumentDiffers
            : !IsInRange(document.ExpiresAt - now) ? ApprovalRefusal.ApprovalValidityOutOfRange
            : (ApprovalRefusal?)null;
        if (refusal is not null)
        {
            return ApprovalDecision.Refuse(refusal);
        }

        // From here on nothing may fail.
        var approval = new GrantedApproval(known.Id, document!.TermsHash, command.Document, command.Signature);
        return new ApprovalDecision(
            new ApprovalGranted(now, known.Id, command.Message, command.Digest, document.ExpiresAt, approval),
            null, known.Id, ApprovalStatus.Granted, document.ExpiresAt);
    }

    private static ApprovalExpired? EndDue(ApprovalsState state, LedgerTime now) =>
        state.FirstToEnd is { } first && now >= first.EndsAt
            ? new ApprovalExpired(now, first.Id, first.Status == ApprovalStatus.Granted)
            : null;

    private static bool IsInRange(TimeSpan validity) =>
        validity > TimeSpan.Zero && validity <= ApprovalLimits.ValidityMax;
}
