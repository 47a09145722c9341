namespace Market.Domain.Settling;

/// <summary>
/// Why the ledger refuses, grouped by subject: 21xx commands, 22xx accounts and amounts, 23xx deals, 24xx mandates,
/// 25xx holds, 27xx checkpoints. The numbers are the same on every surface and never change.
/// </summary>
public enum LedgerRefusal : ushort
{
    /// <summary>The command's id was used before, with other content; <c>Entry</c> is the entry of that use.</summary>
    CommandIdUsedWithDifferentPayload = 2100,

    /// <summary>The command has no legs; it needs at least one.</summary>
    LegsMissing = 2101,

    /// <summary>The command has more legs than <see cref="LedgerLimits.LegsMax"/>.</summary>
    TooManyLegs = 2102,

    /// <summary>An amount is zero or less; each has to be at least 1.</summary>
    AmountNotPositive = 2200,

    /// <summary>An amount is above <see cref="MarketLimits.AmountMax"/>.</summary>
    AmountTooLarge = 2201,

    /// <summary>A leg's two accounts are the same account.</summary>
    AccountsAreTheSame = 2202,

    /// <summary>A leg's two accounts count different assets.</summary>
    AccountsHaveDifferentAssets = 2203,

    /// <summary>An account's kind cannot hold its asset, or the asset is not well-formed.</summary>
    AccountDoesNotHoldAsset = 2204,

    /// <summary>
    /// An account of a principal has none (numbers start at 1), or an account of the market has another owner.
    /// </summary>
    AccountOwnerWrong = 2205,

    /// <summary>A transfer or hold names world or mint; only deposits, withdrawals and mints move those.</summary>
    AccountHasNoFloor = 2206,

    /// <summary>
    /// More than what is available would leave an account; <c>Asked</c> and <c>Allowed</c> say how much.
    /// </summary>
    AvailableExceeded = 2210,

    /// <summary>An account's lifetime sum would not fit 64 bits.</summary>
    WouldOverflow = 2211,

    /// <summary>The deal is settled already, under other terms; <c>Entry</c> is the entry that settled it.</summary>
    DealExistsWithDifferentTerms = 2300,

    /// <summary>The buyer or the seller is the market itself or nobody; both have to be principals.</summary>
    PartyMissing = 2301,

    /// <summary>Buyer and seller act for the same principal: a wash trade.</summary>
    BuyerAndSellerAreTheSamePrincipal = 2302,

    /// <summary>
    /// A leg is none of: buyer's funds to seller or fees, seller's stock to buyer, buyer's need to filled.
    /// </summary>
    LegNotPartOfDeal = 2303,

    /// <summary>The money legs do not add up to the total.</summary>
    LegsDoNotAddUpToTotal = 2304,

    /// <summary>No units change hands.</summary>
    GoodsMissing = 2305,

    /// <summary>The mode is neither immediate nor on delivery.</summary>
    SettlementModeUnknown = 2306,

    /// <summary>A deal on delivery has no deadline.</summary>
    DeliveryDeadlineMissing = 2307,

    /// <summary>An immediate deal has a delivery deadline.</summary>
    DeliveryDeadlineUnexpected = 2308,

    /// <summary>The buyer's available funds are less than the total. The buyer's side.</summary>
    BuyerFundsExceeded = 2310,

    /// <summary>The seller's available stock is less than what the deal moves. The seller's side.</summary>
    StockExceeded = 2311,

    /// <summary>The request needs fewer units than the deal moves, since others filled it. The buyer's side.</summary>
    NeedAlreadyFilled = 2312,

    /// <summary>There is no such deal in this book.</summary>
    DealUnknown = 2320,

    /// <summary>The deal was posted at once; there is no delivery to confirm or cancel.</summary>
    DealNotOnDelivery = 2321,

    /// <summary>Delivery was confirmed before; <c>Entry</c> is the entry that posted the deal.</summary>
    DeliveryAlreadyConfirmed = 2322,

    /// <summary>Delivery was cancelled before; <c>Entry</c> is the entry that voided the deal.</summary>
    DeliveryAlreadyCancelled = 2323,

    /// <summary>The delivery deadline has passed.</summary>
    DeliveryDeadlinePassed = 2324,

    /// <summary>There is no such mandate, or it is not the caller's.</summary>
    MandateUnknown = 2400,

    /// <summary>
    /// A mandate needs a principal, an agent, a currency, limits from 1 up, and an end after its start.
    /// </summary>
    MandateMalformed = 2401,

    /// <summary>A mandate of this id exists with other content.</summary>
    MandateExistsWithDifferentTerms = 2402,

    /// <summary>The mandate is for another agent or of another principal.</summary>
    MandateOfAnotherAgent = 2403,

    /// <summary>The mandate is for another currency.</summary>
    MandateCurrencyDiffers = 2404,

    /// <summary>The mandate holds only later.</summary>
    MandateNotYetValid = 2405,

    /// <summary>The mandate's time is over.</summary>
    MandateExpired = 2406,

    /// <summary>The mandate was revoked; <c>Entry</c> is the entry that did it.</summary>
    MandateRevoked = 2407,

    /// <summary>The total is above what the mandate allows for one deal.</summary>
    MandatePerDealMaxExceeded = 2408,

    /// <summary>The total and what is used already are above the mandate's budget.</summary>
    MandateWouldBeExceeded = 2409,

    /// <summary>There is no such hold.</summary>
    HoldUnknown = 2500,

    /// <summary>The hold was posted before; <c>Entry</c> is the entry that did it.</summary>
    HoldAlreadyPosted = 2501,

    /// <summary>The hold was voided before; <c>Entry</c> is the entry that did it.</summary>
    HoldAlreadyVoided = 2502,

    /// <summary>The hold's time is over.</summary>
    HoldExpired = 2503,

    /// <summary>More than the hold's amount would be posted.</summary>
    HoldAmountExceeded = 2504,

    /// <summary>A hold or a delivery has to end later than now.</summary>
    DeadlineNotInFuture = 2505,

    /// <summary>A hold or a delivery has to end within <see cref="LedgerLimits.HoldDurationMax"/>.</summary>
    DeadlineTooFar = 2506,

    /// <summary>No open hold's time has come.</summary>
    NoHoldIsDue = 2507,

    /// <summary>A step expires 1 to <see cref="LedgerLimits.HoldsExpiredMax"/> holds.</summary>
    StepSizeOutOfRange = 2508,

    /// <summary>The book has no entry after what the last checkpoint covers and that checkpoint's own.</summary>
    NothingToCheckpoint = 2700,

    /// <summary>
    /// A published checkpoint covers entries that the book does not have; <c>Entry</c> is its last. It is an old copy.
    /// </summary>
    CheckpointIsAheadOfBook = 2701,
}
