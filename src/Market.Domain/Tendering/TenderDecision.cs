namespace Market.Domain.Tendering;

/// <summary>
/// What a tender makes of a command: an event, a refusal, both (an act that comes after the window is refused, and its
/// refusal journals the reveal first), an answer, or nothing.
/// </summary>
/// <param name="Event">What to journal; null when nothing changes.</param>
/// <param name="Refusal">A member of a refusal enumeration; null when it is not refused.</param>
/// <param name="Answer">
/// The answer of this act, or of the earlier one that this is a retry of; null with a refusal.
/// </param>
/// <param name="Fields">What is wrong with a refused bid's offer, field by field.</param>
public readonly record struct TenderDecision(
    TenderEvent? Event, Enum? Refusal, object? Answer, ValueArray<FieldProblem> Fields = default)
{
    /// <summary>Nothing to do and nothing to say.</summary>
    public static TenderDecision Nothing => default;

    /// <summary>Refused, and nothing is journalled.</summary>
    public static TenderDecision Refuse(Enum refusal) => new(null, refusal, null);
}
