using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;

namespace Market.Domain.Auditing;

/// <summary>
/// What both parties of a settled deal get, signed by the market outside every decision: the market's word that the
/// deal is in its book. It shows nothing that one side keeps from the other.
/// </summary>
/// <param name="Market">The market whose book it is.</param>
/// <param name="Deal">The deal.</param>
/// <param name="TermsHash">Hash of the agreed terms.</param>
/// <param name="Negotiation">The negotiation that agreed it.</param>
/// <param name="Entry">The entry that settled it.</param>
/// <param name="At">When.</param>
/// <param name="Total">What the buyer pays in all.</param>
/// <param name="BuyerAgent">Who agreed for the buyer.</param>
/// <param name="BuyerPrincipal">Who pays.</param>
/// <param name="SellerAgent">Who agreed for the seller.</param>
/// <param name="SellerPrincipal">Who delivers.</param>
/// <param name="Mode">Posted at once, or held until delivery.</param>
/// <param name="DeliveryDeadline">When it is voided by itself, if held.</param>
/// <param name="BuyerSigner">Which kind of key signed for the buyer.</param>
/// <param name="SellerSigner">Which kind of key signed for the seller.</param>
[WireType(900)]
public sealed record Receipt(
    MarketId Market,
    DealId Deal,
    Hash256 TermsHash,
    NegotiationId Negotiation,
    EntryNumber Entry,
    LedgerTime At,
    Money Total,
    AgentNumber BuyerAgent,
    PrincipalNumber BuyerPrincipal,
    AgentNumber SellerAgent,
    PrincipalNumber SellerPrincipal,
    SettlementMode Mode,
    LedgerTime? DeliveryDeadline,
    SignerKind BuyerSigner = SignerKind.None,
    SignerKind SellerSigner = SignerKind.None);
