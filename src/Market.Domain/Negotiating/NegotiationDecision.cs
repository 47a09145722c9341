namespace Market.Domain.Negotiating;

/// <summary>
/// What a negotiation makes of a command: an event, a refusal, both (an act that comes after the end of an offer's
/// validity is refused, and its refusal journals that end first), an earlier answer, or nothing.
/// </summary>
/// <param name="Event">What to journal; null when nothing changes.</param>
/// <param name="Refusal">Why the command is refused; null when it is not.</param>
/// <param name="Answer">
/// The answer: of this act, or of the earlier one that this is a retry of; null with a refusal.
/// </param>
/// <param name="Fields">
/// What is wrong with the refused act, field by field; empty where the refusal says it all.
/// </param>
public readonly record struct NegotiationDecision(
    NegotiationEvent? Event,
    NegotiationRefusal? Refusal,
    ActRecorded? Answer,
    ValueArray<FieldProblem> Fields = default)
{
    /// <summary>Nothing to do and nothing to say.</summary>
    public static NegotiationDecision Nothing => default;

    /// <summary>Refused, and nothing is journalled.</summary>
    public static NegotiationDecision Refuse(NegotiationRefusal refusal) => new(null, refusal, null);

    /// <summary>Refused because of something that is journalled first.</summary>
    public static NegotiationDecision Refuse(NegotiationRefusal refusal, NegotiationEvent because) =>
        new(because, refusal, null);
}

/// <summary>The answer to an act that the market has recorded. A retry of the act gets the same one.</summary>
/// <param name="Negotiation">Where.</param>
/// <param name="Seq">The stream version that records it; of an offer also its number.</param>
/// <param name="At">When.</param>
[Wire.WireType(200)]
public sealed record ActRecorded(NegotiationId Negotiation, long Seq, LedgerTime At);
