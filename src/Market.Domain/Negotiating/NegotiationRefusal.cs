namespace Market.Domain.Negotiating;

/// <summary>
/// Why a negotiation refuses an act. The numbers are the same on every surface: 100x who and which act, 101x the
/// negotiation's end, 102x–103x turn and offers, 104x terms, 105x opening, 106x signatures; 116x impasse, final and
/// partial offers, messages. 1090 is <see cref="SettlementFailure.CounterpartyCouldNotSettle"/>.
/// </summary>
public enum NegotiationRefusal : ushort
{
    /// <summary>There is no such negotiation, or you are not a party to it.</summary>
    NegotiationNotFound = 1001,

    /// <summary>The message id belongs to another act of yours.</summary>
    MessageIdReused = 1002,

    /// <summary>The message id is older than the window in which the market remembers them.</summary>
    MessageIdTooOld = 1003,

    /// <summary>The message id is from the future.</summary>
    MessageIdFromTheFuture = 1004,

    /// <summary>The negotiation is over.</summary>
    NegotiationHasEnded = 1010,

    /// <summary>The negotiation's time is up.</summary>
    NegotiationHasExpired = 1011,

    /// <summary>The standing offer has been accepted: the deal is made.</summary>
    OfferAlreadyAccepted = 1012,

    /// <summary>The negotiation has moved on since the version that you name.</summary>
    SeqIsStale = 1020,

    /// <summary>It is the other side's turn.</summary>
    NotYourTurn = 1021,

    /// <summary>A newer offer stands.</summary>
    OfferSuperseded = 1022,

    /// <summary>The offer was withdrawn, or never made.</summary>
    OfferNotStanding = 1023,

    /// <summary>The offer's validity has ended.</summary>
    OfferHasExpired = 1024,

    /// <summary>An indicative offer cannot be accepted; answer it with a firm one.</summary>
    OfferIsIndicative = 1025,

    /// <summary>The offer was made irrevocable.</summary>
    OfferIsIrrevocable = 1026,

    /// <summary>It is your own offer.</summary>
    OfferIsYourOwn = 1027,

    /// <summary>It is not your offer.</summary>
    OfferIsNotYours = 1028,

    /// <summary>The hash that you name is not the standing offer's.</summary>
    OfferHashDiffers = 1029,

    /// <summary>All rounds are used: accept, reject or leave.</summary>
    RoundsAreExhausted = 1030,

    /// <summary>The invitation has been taken up already, or was yours.</summary>
    NotInvited = 1031,

    /// <summary>
    /// The outcome lacks a value, or one of its values is not one of its issue's; or a text issue lacks its label.
    /// </summary>
    OutcomeOutsideAgenda = 1040,

    /// <summary>The total is not what the server computes from the outcome.</summary>
    TotalDoesNotAddUp = 1041,

    /// <summary>The validity is not positive, or longer than the market allows.</summary>
    ValidityOutOfRange = 1042,

    /// <summary>The terms are not the posted ones, or the listing has no posted price.</summary>
    TermsAreNotPosted = 1043,

    /// <summary>
    /// The agenda has no price or several, too many issues, an issue with impossible bounds, or impossible charges.
    /// </summary>
    AgendaIsInvalid = 1050,

    /// <summary>The number of rounds is out of range.</summary>
    RoundsOutOfRange = 1051,

    /// <summary>The duration is out of range.</summary>
    DurationOutOfRange = 1052,

    /// <summary>Buyer and seller act for the same principal.</summary>
    PrincipalsAreTheSame = 1053,

    /// <summary>The fee is not between 0 and 10,000 basis points.</summary>
    FeeOutOfRange = 1054,

    /// <summary>You have opened as many negotiations as one agent may; end one, or wait until one has ended.</summary>
    TooManyOpenNegotiations = 1055,

    /// <summary>A firm offer or an accept must carry its agent's signature here.</summary>
    SignatureRequired = 1060,

    /// <summary>The signature of the offer or of the accept has not been verified.</summary>
    EvidenceNotVerified = 1061,

    /// <summary>
    /// The session key that signed may not sign this act: its mandate, its actions or its end forbid it.
    /// </summary>
    SessionKeyOutOfBounds = 1062,

    /// <summary>The rounds to an impasse are not between 0 and the rounds of the negotiation.</summary>
    ImpasseOutOfRange = 1160,

    /// <summary>You have made your final offer: accept, reject or leave.</summary>
    FinalOfferMade = 1161,

    /// <summary>
    /// Only a firm offer of an agenda with a unit price and a quantity can be accepted in part, from one of the
    /// quantity's values to the quantity offered.
    /// </summary>
    PartialNotPossible = 1162,

    /// <summary>The quantity is not one that may be accepted of this offer.</summary>
    QuantityNotOffered = 1163,

    /// <summary>You have sent as many messages as a side may: make an offer, accept, reject or leave.</summary>
    MessagesAreExhausted = 1164,

    /// <summary>The text is too long, or has control or invisible characters.</summary>
    TextIsInvalid = 1165,

    /// <summary>The agenda has no issue of that name, or it is named twice.</summary>
    IssueUnknown = 1166,

    /// <summary>The value is not one of its issue's.</summary>
    ValueOutsideIssue = 1167,

    /// <summary>The message has neither text nor an issue.</summary>
    MessageIsEmpty = 1168,

    /// <summary>What it replies to is no inquiry of the other side.</summary>
    InquiryUnknown = 1169,
}
