namespace Market.Domain;

/// <summary>
/// Every limit of the market, named once, with its reason. Above a limit a caller gets a typed refusal.
/// </summary>
public static class MarketLimits
{
    /// <summary>
    /// Issues of an agenda; more than any negotiation in the literature uses, and a bound on the size of terms.
    /// </summary>
    public const int IssuesMax = 16;

    /// <summary>Choices of one issue, so that an agenda fits a frame.</summary>
    public const int ChoicesMax = 64;

    /// <summary>Characters of a name (issue, choice, listing, agent, principal).</summary>
    public const int NameLengthMax = 80;

    /// <summary>Characters of a free text (description, note), the only untrusted prose in the market.</summary>
    public const int TextLengthMax = 2_048;

    /// <summary>
    /// Largest amount of money or count of units in one place: far above any real one, and 1,000 of them fit 64 bits.
    /// </summary>
    public const long AmountMax = 1_000_000_000_000_000;

    /// <summary>Rounds of a negotiation: bounds its stream and its memory.</summary>
    public const int RoundsMax = 1_000;

    /// <summary>
    /// Inquiries and information of one side in one negotiation: enough to clarify an offer, too few to chat at the
    /// market's cost.
    /// </summary>
    public const int MessagesMax = 16;

    /// <summary>Lines of a listing, so that a listing fits a frame.</summary>
    public const int LinesMax = 64;

    /// <summary>Attributes of a listing, so that a listing fits a frame.</summary>
    public const int AttributesMax = 64;

    /// <summary>
    /// Charges of a listing (taxes, delivery, fees); more than any invoice has, and a bound on what a total costs.
    /// </summary>
    public const int ChargesMax = 16;

    /// <summary>Fields that one refusal names: enough to mend most things at once, and a bound on its size.</summary>
    public const int FieldProblemsMax = 16;

    /// <summary>
    /// Versions of a listing whose changes are remembered: from an older one it is said that it is stale, and not by
    /// what.
    /// </summary>
    public const int ListingVersionsKept = 16;

    /// <summary>
    /// Acts on one listing that are remembered by their ids. An older one told again is refused, since it names an old
    /// version.
    /// </summary>
    public const int ListingActsKept = 256;

    /// <summary>Bytes of one frame on the wire: bounds what a hostile sender can make the gateway buffer.</summary>
    public const int FrameBytesMax = 16 * 1024;

    /// <summary>Nesting of a wire value: no message of ours needs more than 8.</summary>
    public const int WireDepthMax = 16;

    /// <summary>How long the market remembers message ids; an older one is refused, never executed (INV-8).</summary>
    public static readonly TimeSpan MessageIdWindow = TimeSpan.FromDays(7);

    /// <summary>How far ahead of the market's clock a message id's own time may be.</summary>
    public static readonly TimeSpan MessageIdSkewMax = TimeSpan.FromMinutes(5);

    /// <summary>Longest validity of an offer; holds and promises must end (INV-21).</summary>
    public static readonly TimeSpan OfferValidityMax = TimeSpan.FromDays(30);

    /// <summary>Longest duration of a negotiation.</summary>
    public static readonly TimeSpan NegotiationDurationMax = TimeSpan.FromDays(90);
}
