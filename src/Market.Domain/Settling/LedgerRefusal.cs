namespace Market.Domain.Settling;

/// <summary>
/// Why the ledger refuses, grouped by subject: 21xx commands, 22xx accounts and amounts, 23xx deals, 24xx mandates,
/// 25xx holds, 26xx reversals and claims, 27xx checkpoints. The numbers are the same on every surface and never change.
/// </summary>
public enum LedgerRefusal : ushort
{
    /// <summary>
    /// The command's id was used before, with other content; <c>Entry</c> is the entry of that use, <c>Field</c> the
    /// first thing that differs.
    /// </summary>
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

    /// <summary>The account to open is open already.</summary>
    AccountExists = 2207,

    /// <summary>An account of the deal was evicted when its listing or request was closed.</summary>
    AccountEvicted = 2208,

    /// <summary>
    /// More than what is available would leave an account; <c>Asked</c> and <c>Allowed</c> say how much.
    /// </summary>
    AvailableExceeded = 2210,

    /// <summary>An account's lifetime sum would not fit 64 bits.</summary>
    WouldOverflow = 2211,

    /// <summary>The book has no accounts of this asset, or it is money, which is never closed.</summary>
    SubjectUnknown = 2220,

    /// <summary>Something of the asset is held; the holds have to end first.</summary>
    SubjectHasHolds = 2221,

    /// <summary>Somebody owns units of the listing; <c>Asked</c> says how many an account has.</summary>
    SubjectStillOwned = 2222,

    /// <summary>The asset has more accounts than <see cref="LedgerLimits.AccountsEvictedMax"/>.</summary>
    SubjectTooLarge = 2223,

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
    /// A mandate needs a principal, an agent, a currency, limits from 1 up, an end after its start, and no longer lists
    /// than the market allows.
    /// </summary>
    MandateMalformed = 2401,

    /// <summary>A mandate of this id exists with other content.</summary>
    MandateExistsWithDifferentTerms = 2402,

    /// <summary>The mandate is for another agent of the principal.</summary>
    MandateOfAnotherAgent = 2403,

    /// <summary>The mandate is for another currency.</summary>
    MandateCurrencyDiffers = 2404,

    /// <summary>The mandate holds only later.</summary>
    MandateNotYetValid = 2405,

    /// <summary>The mandate's time is over.</summary>
    MandateExpired = 2406,

    /// <summary>
    /// The mandate, or one that it was delegated from, was revoked; <c>Entry</c> is the entry that did it.
    /// </summary>
    MandateRevoked = 2407,

    /// <summary>The total is above what the mandate allows for one deal.</summary>
    MandatePerDealMaxExceeded = 2408,

    /// <summary>The total and what is used in this window are above the mandate's budget.</summary>
    MandateWouldBeExceeded = 2409,

    /// <summary>
    /// The mandate, or one that it was delegated from, is suspended; <c>Entry</c> is the entry that did it.
    /// </summary>
    MandateSuspended = 2410,

    /// <summary>The mandate is for buying only, or for selling only.</summary>
    MandateActionNotAllowed = 2411,

    /// <summary>The listing's category is none of the mandate's.</summary>
    MandateCategoryNotAllowed = 2412,

    /// <summary>The mandate does not allow, or denies, dealing with this counterparty.</summary>
    MandateCounterpartyNotAllowed = 2413,

    /// <summary>As many deals as the mandate allows are held until delivery.</summary>
    MandateOpenHoldsExceeded = 2414,

    /// <summary>As many deals as the mandate allows were made.</summary>
    MandateDealsExceeded = 2415,

    /// <summary>
    /// The total is above the mandate's threshold, and its principal has not approved exactly these terms.
    /// </summary>
    ApprovalRequired = 2416,

    /// <summary>
    /// A delegated mandate allows more than its parent; <c>Field</c> is the first element in which it does.
    /// </summary>
    MandateNotNarrower = 2417,

    /// <summary>Nothing may be delegated from the mandate.</summary>
    MandateMayNotDelegate = 2418,

    /// <summary>
    /// The mandate has changed since the revision that was named; <c>Allowed</c> is its revision now.
    /// </summary>
    MandateRevisionIsStale = 2419,

    /// <summary>The mandate is suspended already; <c>Entry</c> is the entry that did it.</summary>
    MandateAlreadySuspended = 2420,

    /// <summary>The mandate is not suspended, so there is nothing to resume.</summary>
    MandateNotSuspended = 2421,

    /// <summary>The mandate has changed too often: it can only be revoked.</summary>
    MandateRevisionsExhausted = 2422,

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

    /// <summary>As many holds are open on the principal's money as the market allows.</summary>
    TooManyHolds = 2509,

    /// <summary>
    /// The deal moved nothing that could be taken back: it is held, or was cancelled or expired.
    /// </summary>
    DealNotPosted = 2600,

    /// <summary>A reversal says an amount for each leg of the deal: <c>Allowed</c> is how many there are.</summary>
    ReversalAmountsMissing = 2601,

    /// <summary>Every amount of the reversal is zero.</summary>
    ReversalEmpty = 2602,

    /// <summary>With what was reversed or claimed before, more than the leg would go back.</summary>
    ReversalExceedsLeg = 2603,

    /// <summary>The buyer no longer has the units that are to go back.</summary>
    GoodsNotReturnable = 2604,

    /// <summary>
    /// The seller, or the market's fees, has less than is to go back; <c>Entry</c> is the claim that it has become.
    /// </summary>
    SellerCannotRefund = 2605,

    /// <summary>No entry of this number made a claim.</summary>
    ClaimUnknown = 2610,

    /// <summary>The claim was paid before.</summary>
    ClaimAlreadyPaid = 2611,

    /// <summary>There is still less than the claim asks for, in one of its accounts.</summary>
    ClaimNotCovered = 2612,

    /// <summary>The book has no entry after what the last checkpoint covers and that checkpoint's own.</summary>
    NothingToCheckpoint = 2700,

    /// <summary>
    /// A published checkpoint covers entries that the book does not have; <c>Entry</c> is its last. It is an old copy.
    /// </summary>
    CheckpointIsAheadOfBook = 2701,
}
