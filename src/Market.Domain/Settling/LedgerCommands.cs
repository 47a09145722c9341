using Market.Domain.Mandates;
using Market.Domain.Wire;

namespace Market.Domain.Settling;

/// <summary>What the ledger can be told. Sent twice, a command has one effect and the same answer (INV-8).</summary>
public abstract record LedgerCommand;

/// <summary>
/// A command whose sender names it by an id, since its subject can be told the same thing more than once.
/// </summary>
/// <param name="Id">The same id and content is the same command; the same id with other content is refused.</param>
public abstract record IdentifiedLedgerCommand(LedgerCommandId Id) : LedgerCommand;

/// <summary>The operator's act: money comes into the market.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="Principal">Whose funds grow.</param>
/// <param name="Amount">How much, above zero.</param>
[WireType(500)]
public sealed record Deposit(LedgerCommandId Id, PrincipalNumber Principal, Money Amount) : IdentifiedLedgerCommand(Id);

/// <summary>The operator's act: money leaves the market.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="Principal">Whose funds shrink.</param>
/// <param name="Amount">How much, above zero and at most what is available.</param>
[WireType(501)]
public sealed record Withdraw(LedgerCommandId Id, PrincipalNumber Principal, Money Amount)
    : IdentifiedLedgerCommand(Id);

/// <summary>Stock of a listing comes into being.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="Listing">The listing.</param>
/// <param name="Owner">Its seller's principal.</param>
/// <param name="Quantity">Units, above zero.</param>
[WireType(502)]
public sealed record MintUnits(LedgerCommandId Id, ListingId Listing, PrincipalNumber Owner, long Quantity)
    : IdentifiedLedgerCommand(Id);

/// <summary>
/// Unsold units of a listing go back where they came from. Where fewer are available it is refused for good.
/// </summary>
/// <param name="Id">The command's id.</param>
/// <param name="Listing">The listing.</param>
/// <param name="Owner">Its seller's principal.</param>
/// <param name="Quantity">Units, above zero.</param>
[WireType(546)]
public sealed record ReturnUnits(LedgerCommandId Id, ListingId Listing, PrincipalNumber Owner, long Quantity)
    : IdentifiedLedgerCommand(Id);

/// <summary>
/// All unsold units of a listing that no deal holds go back where they came from; refused where there are none.
/// </summary>
/// <param name="Id">The command's id.</param>
/// <param name="Listing">The listing.</param>
/// <param name="Owner">Its seller's principal.</param>
[WireType(547)]
public sealed record ReturnStock(LedgerCommandId Id, ListingId Listing, PrincipalNumber Owner)
    : IdentifiedLedgerCommand(Id);

/// <summary>The need of a request comes into being: every deal under the request uses it up.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="Request">The request.</param>
/// <param name="Owner">Its buyer's principal.</param>
/// <param name="Quantity">Units, above zero.</param>
[WireType(503)]
public sealed record MintNeed(LedgerCommandId Id, RequestId Request, PrincipalNumber Owner, long Quantity)
    : IdentifiedLedgerCommand(Id);

/// <summary>The market's own act: moves amounts between accounts that have a floor, all legs or none.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="Legs">One to <see cref="LedgerLimits.LegsMax"/> legs, applied in this order.</param>
[WireType(504)]
public sealed record Transfer(LedgerCommandId Id, ValueArray<Leg> Legs) : IdentifiedLedgerCommand(Id);

/// <summary>
/// Opens an account before anything moves through it; others are opened by the entry that first touches them.
/// </summary>
/// <param name="Id">The command's id.</param>
/// <param name="Account">The account; where its asset has no mint yet, the mint is opened with it.</param>
[WireType(505)]
public sealed record OpenAccount(LedgerCommandId Id, AccountName Account) : IdentifiedLedgerCommand(Id);

/// <summary>
/// Closes a listing or a request: what is left of stock, need and filled goes back to the mint, and all accounts of
/// the asset are evicted. What somebody owns is never forgotten: then it is refused.
/// </summary>
/// <param name="Id">The command's id.</param>
/// <param name="Asset">Units of a listing, or a need.</param>
[WireType(506)]
public sealed record CloseSubject(LedgerCommandId Id, Asset Asset) : IdentifiedLedgerCommand(Id);

/// <summary>Reserves an amount until it is posted, voided or expires.</summary>
/// <param name="Id">The command's id, by which the hold is named from then on.</param>
/// <param name="Leg">What will move, between accounts that have a floor.</param>
/// <param name="ExpiresAt">When the hold is released by itself; later than now.</param>
[WireType(510)]
public sealed record HoldTransfer(LedgerCommandId Id, Leg Leg, LedgerTime ExpiresAt) : IdentifiedLedgerCommand(Id);

/// <summary>Posts a hold, in whole or in part; what is left of it is released.</summary>
/// <param name="Hold">The id of the command that placed the hold.</param>
/// <param name="Amount">At least 1 and at most the hold's amount.</param>
[WireType(511)]
public sealed record PostHold(LedgerCommandId Hold, long Amount) : LedgerCommand;

/// <summary>Releases a hold.</summary>
/// <param name="Hold">The id of the command that placed the hold.</param>
[WireType(512)]
public sealed record VoidHold(LedgerCommandId Hold) : LedgerCommand;

/// <summary>Releases holds and voids undelivered deals whose time has come, the earliest first.</summary>
/// <param name="Max">How many in this step: 1 to <see cref="LedgerLimits.HoldsExpiredMax"/>.</param>
[WireType(513)]
public sealed record ExpireHolds(int Max) : LedgerCommand;

/// <summary>Lets an agent act for a principal from the next entry on.</summary>
/// <param name="Mandate">The mandate; its id names it for ever.</param>
[WireType(520)]
public sealed record GrantMandate(Mandate Mandate) : LedgerCommand;

/// <summary>Ends a mandate: later deals under it are refused, deals held until delivery go on.</summary>
/// <param name="Mandate">The mandate.</param>
/// <param name="Principal">Who revokes; a mandate of another principal is unknown to it.</param>
[WireType(521)]
public sealed record RevokeMandate(MandateId Mandate, PrincipalNumber Principal) : LedgerCommand;

/// <summary>Stops a mandate for a time: until it is resumed, deals under it and its children are refused.</summary>
/// <param name="Mandate">The mandate.</param>
/// <param name="Principal">Who suspends; a mandate of another principal is unknown to it.</param>
/// <param name="Revision">
/// The revision that the sender had seen: the same command told again, even after later changes, is known by it.
/// </param>
[WireType(522)]
public sealed record SuspendMandate(MandateId Mandate, PrincipalNumber Principal, int Revision) : LedgerCommand;

/// <summary>Lets a suspended mandate hold again.</summary>
/// <param name="Mandate">The mandate.</param>
/// <param name="Principal">Who resumes; a mandate of another principal is unknown to it.</param>
/// <param name="Revision">The revision that the sender had seen, as of <see cref="SuspendMandate"/>.</param>
[WireType(523)]
public sealed record ResumeMandate(MandateId Mandate, PrincipalNumber Principal, int Revision) : LedgerCommand;

/// <summary>Settles an agreed deal in one entry: all legs or none.</summary>
/// <param name="Deal">The deal; settled at most once.</param>
/// <param name="Negotiation">The negotiation that agreed it, which is told the answer.</param>
/// <param name="TermsHash">Hash of the agreed terms; the same deal with other terms is refused.</param>
/// <param name="Buyer">The side that pays.</param>
/// <param name="Seller">The side that delivers; of another principal than the buyer.</param>
/// <param name="Total">What the buyer pays in all; the money legs add up to it.</param>
/// <param name="Legs">The legs, for example those of <see cref="DealLegs.Build"/>.</param>
/// <param name="Mode">Post at once, or hold until delivery.</param>
/// <param name="DeliveryDeadline">
/// When a deal held until delivery is voided by itself; null for an immediate one.
/// </param>
/// <param name="Category">The listing's category, which mandates may name; null where it has none.</param>
[WireType(530)]
public sealed record Settle(
    DealId Deal,
    NegotiationId Negotiation,
    Hash256 TermsHash,
    DealParty Buyer,
    DealParty Seller,
    Money Total,
    ValueArray<Leg> Legs,
    SettlementMode Mode = SettlementMode.Immediate,
    LedgerTime? DeliveryDeadline = null,
    string? Category = null) : LedgerCommand;

/// <summary>Posts all legs of a deal that is held until delivery.</summary>
/// <param name="Deal">The deal.</param>
[WireType(531)]
public sealed record ConfirmDelivery(DealId Deal) : LedgerCommand;

/// <summary>Voids all legs of a deal that is held until delivery.</summary>
/// <param name="Deal">The deal.</param>
[WireType(532)]
public sealed record CancelDelivery(DealId Deal) : LedgerCommand;

/// <summary>
/// Takes back a settled deal, in whole or in part: a new entry with the opposite postings. In all, the reversals of a
/// leg are at most the leg. Where the seller, or the market's fees, cannot pay, nothing moves and what is owed becomes
/// a claim.
/// </summary>
/// <param name="Id">The command's id.</param>
/// <param name="Deal">A deal that was posted, at once or on delivery.</param>
/// <param name="Amounts">For each leg of the deal, in its order, how much goes back; 0 for nothing.</param>
[WireType(540)]
public sealed record Reverse(LedgerCommandId Id, DealId Deal, ValueArray<long> Amounts) : IdentifiedLedgerCommand(Id);

/// <summary>Pays a claim, now that there is enough: all of its postings, and it is closed.</summary>
/// <param name="Id">The command's id.</param>
/// <param name="Claim">The entry that made the claim.</param>
[WireType(541)]
public sealed record PayClaim(LedgerCommandId Id, EntryNumber Claim) : IdentifiedLedgerCommand(Id);
