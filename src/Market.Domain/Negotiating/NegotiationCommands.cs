using Market.Domain.Approvals;
using Market.Domain.Wire;

namespace Market.Domain.Negotiating;

/// <summary>What the market's gateway, sweeper and ledger ask of a negotiation.</summary>
public abstract record NegotiationCommand;

/// <summary>
/// Opens a negotiation, with a first offer or as an invitation; or buys at the posted price in one step.
/// </summary>
/// <param name="Message">The opener's id of the act.</param>
/// <param name="Digest">Digest of the opener's exact bytes.</param>
/// <param name="Negotiation">The id that the market derived from the opener and the message.</param>
/// <param name="OpenedBy">Who opens.</param>
/// <param name="Buyer">The side that pays.</param>
/// <param name="Seller">The side that delivers.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Rules">The rules.</param>
/// <param name="FirstOffer">
/// The opener's first offer, or null to invite. At the posted price: the posted terms, firm.
/// </param>
/// <param name="Evidence">
/// The opener's signature over the act, verified by the gateway; null where none is required.
/// </param>
/// <param name="Approval">
/// The approval of the opener's principal, whose signature the gateway has verified; null where it found none.
/// </param>
/// <param name="OfferedAt">
/// When the validity of the first offer began, where it is a bid of a tender: at the tender's reveal. Null for now.
/// </param>
[WireType(800)]
public sealed record OpenNegotiationCommand(
    MessageId Message,
    ActDigest Digest,
    NegotiationId Negotiation,
    Party OpenedBy,
    Participant Buyer,
    Participant Seller,
    Subject Subject,
    NegotiationRules Rules,
    ProposedOffer? FirstOffer,
    Evidence? Evidence,
    GrantedApproval? Approval = null,
    LedgerTime? OfferedAt = null) : NegotiationCommand;

/// <summary>An agent's act, with the context that only the gateway can set.</summary>
/// <param name="From">The agent whose session sent it.</param>
/// <param name="Act">What it does.</param>
/// <param name="Digest">Digest of its exact bytes.</param>
/// <param name="Evidence">
/// Its signature, verified by the gateway where the act is an accept; null where none is required.
/// </param>
/// <param name="VerifiedOffer">
/// Hash of the offer whose evidence the gateway has verified too; zero where it has not.
/// </param>
/// <param name="Approval">
/// The approval of the sender's principal, whose signature the gateway has verified; null where it found none.
/// </param>
[WireType(801)]
public sealed record PerformAct(
    AgentNumber From,
    NegotiationAct Act,
    ActDigest Digest,
    Evidence? Evidence,
    Hash256 VerifiedOffer,
    GrantedApproval? Approval = null) : NegotiationCommand;

/// <summary>The sweeper's word that the stream's armed deadline has come.</summary>
[WireType(802)]
public sealed record PassTime : NegotiationCommand
{
    /// <summary>The only instance that is needed.</summary>
    public static PassTime Instance { get; } = new();
}

/// <summary>The ledger's answer: the deal is settled.</summary>
/// <param name="Deal">Which deal.</param>
/// <param name="Receipt">The market's signed receipt.</param>
[WireType(803)]
public sealed record ConfirmSettlement(DealId Deal, SignedReceipt Receipt) : NegotiationCommand;

/// <summary>The ledger's answer: the deal cannot be settled, now or ever.</summary>
/// <param name="Deal">Which deal.</param>
/// <param name="Failure">Why, and whose side caused it.</param>
[WireType(804)]
public sealed record FailSettlement(DealId Deal, SettlementFailure Failure) : NegotiationCommand;

/// <summary>
/// The ledger's journal says that a mandate does not hold any more: whoever negotiates under it leaves.
/// </summary>
/// <param name="Mandate">The mandate that a side of the negotiation acts under.</param>
[WireType(806)]
public sealed record EndUnderMandate(MandateId Mandate) : NegotiationCommand;

/// <summary>
/// The market's word that a negotiation is over: its subject is gone, its tender closed. What has been agreed is the
/// ledger's to decide; a negotiation that has ended stays as it is.
/// </summary>
/// <param name="Reason">Why; both sides are told.</param>
[WireType(807)]
public sealed record CancelNegotiation(CancelReason Reason) : NegotiationCommand;

/// <summary>A receipt's exact bytes with the market's signature over them.</summary>
/// <param name="Bytes">The wire form of the receipt, as it was first written.</param>
/// <param name="Signature">ES256; 64 bytes, r then s.</param>
/// <param name="KeyId">Which of the market's keys signed.</param>
public sealed record SignedReceipt(ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Signature, string KeyId);

/// <summary>
/// Why a deal was not settled. Each side's cause is found without regard to the other's, so that what one side learns
/// depends on nothing private of the other's but that the deal failed.
/// </summary>
/// <param name="BuyerCode">
/// The ledger's refusal of the buyer's side as a number; 0 where that side could have settled.
/// </param>
/// <param name="SellerCode">
/// The ledger's refusal of the seller's side as a number; 0 where that side could have settled.
/// </param>
public sealed record SettlementFailure(int BuyerCode, int SellerCode)
{
    /// <summary>All that a side learns of a failure that is not its own (INV-20).</summary>
    public const int CounterpartyCouldNotSettle = 1090;

    /// <summary>The failure as a side may know it: its own cause, or that the counterparty could not settle.</summary>
    public SettlementFailure SeenBy(Party viewer) => viewer == Party.Buyer
        ? new SettlementFailure(BuyerCode == 0 ? CounterpartyCouldNotSettle : BuyerCode, 0)
        : new SettlementFailure(0, SellerCode == 0 ? CounterpartyCouldNotSettle : SellerCode);
}
