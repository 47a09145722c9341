namespace Market.Domain.Approvals;

/// <summary>What becomes of a command: an event, a refusal, both where an end comes first, or nothing.</summary>
/// <param name="Event">What to journal; null where nothing changes.</param>
/// <param name="Refusal">Why the command is refused; null where it is not.</param>
/// <param name="Id">The approval that was asked for or answered, now or by the same act before.</param>
/// <param name="Status">What the act made of it.</param>
/// <param name="EndsAt">When the request, or the approval, ends by it; for a denial when it was denied.</param>
public readonly record struct ApprovalDecision(
    ApprovalEvent? Event,
    Enum? Refusal = null,
    ApprovalId Id = default,
    ApprovalStatus Status = default,
    LedgerTime EndsAt = default)
{
    /// <summary>Nothing to do and nothing to say.</summary>
    public static ApprovalDecision Nothing => default;

    /// <summary>Refused; with what is journalled first, if anything is.</summary>
    public static ApprovalDecision Refuse(Enum refusal, ApprovalEvent? because = null) => new(because, refusal);
}
