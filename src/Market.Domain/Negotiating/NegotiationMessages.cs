using Market.Domain.Wire;

namespace Market.Domain.Negotiating;

/// <summary>
/// What one side says of an issue. It is data to the other side, never a term, and nothing is decided from it.
/// </summary>
/// <param name="Issue">The issue's name in the agenda.</param>
/// <param name="Value">One of its values.</param>
public sealed record IssueValue(string Issue, long Value);

/// <summary>Asks the other side something, whoever's turn it is.</summary>
/// <inheritdoc cref="NegotiationAct"/>
/// <param name="Text">
/// Free text of at most <see cref="MarketLimits.TextLengthMax"/> characters, or null. Untrusted: whoever reads it
/// reads what the other side wrote.
/// </param>
/// <param name="Issue">The name of the issue that is asked about, or null.</param>
[WireType(125)]
public sealed record Inquire(
    MessageId Message, NegotiationId Negotiation, long ExpectedSeq, string? Text, string? Issue = null)
    : NegotiationAct(Message, Negotiation, ExpectedSeq);

/// <summary>Tells the other side something, in answer to an inquiry of its or not, whoever's turn it is.</summary>
/// <inheritdoc cref="NegotiationAct"/>
/// <param name="InReplyTo">The version of the other side's inquiry that this answers, or null.</param>
/// <param name="Values">What it says of issues, each named once; may be empty.</param>
/// <param name="Text">Free text as in <see cref="Inquire"/>, or null.</param>
[WireType(126)]
public sealed record Inform(
    MessageId Message,
    NegotiationId Negotiation,
    long ExpectedSeq,
    long? InReplyTo,
    ValueArray<IssueValue> Values,
    string? Text = null) : NegotiationAct(Message, Negotiation, ExpectedSeq);

/// <summary>A side has asked the other something. Turn, offers and deadline are as before.</summary>
/// <param name="Act">The act; null to the other side.</param>
/// <param name="By">Whose words these are.</param>
/// <param name="Text">Its text, or null.</param>
/// <param name="Issue">The issue that is asked about, or null.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(413)]
public sealed record InquiryMade(
    LedgerTime At, NegotiationId Negotiation, ActReference? Act, Party By, string? Text, string? Issue)
    : NegotiationEvent(At, Negotiation);

/// <summary>A side has told the other something. Turn, offers and deadline are as before.</summary>
/// <param name="Act">The act; null to the other side.</param>
/// <param name="By">Whose words these are.</param>
/// <param name="InReplyTo">The version of the inquiry that it answers, or null.</param>
/// <param name="Values">What it says of issues.</param>
/// <param name="Text">Its text, or null.</param>
/// <inheritdoc cref="NegotiationEvent"/>
[WireType(414)]
public sealed record InformationGiven(
    LedgerTime At,
    NegotiationId Negotiation,
    ActReference? Act,
    Party By,
    long? InReplyTo,
    ValueArray<IssueValue> Values,
    string? Text) : NegotiationEvent(At, Negotiation);
