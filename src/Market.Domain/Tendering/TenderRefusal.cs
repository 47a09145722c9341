namespace Market.Domain.Tendering;

/// <summary>
/// Why a tender refuses an act. Numbers 45xx: 450x which tender and when, 451x opening, 452x bids, 453x choosing. What
/// is wrong with the offer in a bid is said as a negotiation says it (10xx).
/// </summary>
public enum TenderRefusal : ushort
{
    /// <summary>There is no such tender, or you are neither its buyer nor one who may bid in it.</summary>
    TenderNotFound = 4501,

    /// <summary>Only the tender's buyer may do this.</summary>
    NotYourTender = 4502,

    /// <summary>The window has ended: bids can be neither made nor withdrawn, and the tender not cancelled.</summary>
    WindowHasEnded = 4503,

    /// <summary>The bids are sealed until the window ends.</summary>
    BidsAreSealed = 4504,

    /// <summary>The tender is over.</summary>
    TenderHasEnded = 4505,

    /// <summary>The window is not positive, or longer than the market allows.</summary>
    WindowOutOfRange = 4510,

    /// <summary>Too many sellers are invited, one twice, or one who is no seller here.</summary>
    InvitationsAreInvalid = 4511,

    /// <summary>The rounds, the duration or the fee of what follows the tender are out of range.</summary>
    RulesOutOfRange = 4512,

    /// <summary>The tender whose final round this is to be is not a revealed one of yours.</summary>
    FinalRoundOfUnknownTender = 4513,

    /// <summary>You have as many open tenders as the market allows.</summary>
    TooManyOpenTenders = 4514,

    /// <summary>The request asks in another currency, or the order of the listing makes no valid agenda.</summary>
    ListingDoesNotFit = 4520,

    /// <summary>The tender has as many bidders as the market allows.</summary>
    TenderIsFull = 4521,

    /// <summary>You have replaced and withdrawn bids as often as one seller may.</summary>
    TooManyBidActs = 4522,

    /// <summary>You have no bid in this tender.</summary>
    NoBidToWithdraw = 4523,

    /// <summary>The listing is not one of yours.</summary>
    ListingIsNotYours = 4524,

    /// <summary>The tender is a final round: mark the offer as best and final.</summary>
    BidMustBeFinal = 4525,

    /// <summary>No bid, or too many, are named, or one twice.</summary>
    ChoiceIsInvalid = 4530,

    /// <summary>No bid of this tender has that hash.</summary>
    BidUnknown = 4531,

    /// <summary>The bid has been chosen before.</summary>
    BidAlreadyChosen = 4532,

    /// <summary>The bid's validity, which began at the reveal, has ended.</summary>
    BidHasExpired = 4533,
}
