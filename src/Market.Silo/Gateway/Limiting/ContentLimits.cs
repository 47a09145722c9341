using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Gateway.Limiting;

/// <summary>
/// What an operator allows less of than the format does: rounds, and characters of free texts. The answer is the one
/// that the format's own limit would get.
/// </summary>
/// <param name="limits">What the operator allows.</param>
internal sealed class ContentLimits(OperatorLimits limits)
{
    private readonly bool _isLower =
        limits.Rounds < MarketLimits.RoundsMax || limits.TextLength < MarketLimits.TextLengthMax;

    /// <summary>Why a message is refused; null where it is not.</summary>
    public Refused? Refuse(object message) => !_isLower ? null : message switch
    {
        OpenNegotiation open when open.RoundsMax > limits.Rounds =>
            Refusals.Of(NegotiationRefusal.RoundsOutOfRange, $"At most {limits.Rounds} rounds are allowed here."),
        OpenTender open when open.RoundsMax > limits.Rounds =>
            Refusals.Of(TenderRefusal.RulesOutOfRange, $"At most {limits.Rounds} rounds are allowed here."),
        RequestApproval { Opening: { } opening } => Refuse(opening),
        Inquire { Text: { } text } => OfMessage(text),
        Inform { Text: { } text } => OfMessage(text),
        PublishListing publish => OfDraft(publish.Draft.Description),
        UpdateListing update => OfDraft(update.Draft.Description),
        PublishRequest publish => OfDraft(publish.Draft.Description),
        _ => null,
    };

    private Refused? OfMessage(string text) => text.Length <= limits.TextLength ? null
        : Refusals.Of(NegotiationRefusal.TextIsInvalid, $"At most {limits.TextLength} characters are allowed here.");

    private Refused? OfDraft(string text) => text.Length <= limits.TextLength ? null : Refusals.Of(
        ListingRefusal.NameIsInvalid,
        fields: [new FieldProblem(
            "description", "too long", $"{text.Length} characters", $"at most {limits.TextLength} characters")]);
}
