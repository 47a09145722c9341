using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Client;

/// <summary>An inquiry or information of one side. Its words are its author's, and nothing in the market rests on
/// them.</summary>
/// <param name="Seq">The version of the negotiation that it made; what an answer names.</param>
/// <param name="At">When, by the market's clock.</param>
/// <param name="By">Whose words these are.</param>
/// <param name="Text">Its text, or null.</param>
/// <param name="AsksAbout">The name of the issue that is asked about, or null.</param>
/// <param name="InReplyTo">The version of the inquiry that it answers, or null.</param>
/// <param name="Values">What it says of issues.</param>
public sealed record NegotiationMessage(
    long Seq,
    LedgerTime At,
    Party By,
    string? Text,
    string? AsksAbout,
    long? InReplyTo,
    ValueArray<IssueValue> Values);
