using Market.Domain.Wire;

namespace Market.Domain.Settling;

/// <summary>The ledger's answer to a command other than settle.</summary>
public abstract record LedgerAnswer;

/// <summary>The command is done. Asked twice, the same entry.</summary>
/// <param name="Entry">The entry that did it.</param>
[WireType(550)]
public sealed record LedgerDone(EntryNumber Entry) : LedgerAnswer;

/// <summary>A refusal with the numbers that the caller may see.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Asked">What was asked for, in minor units or units; null where that says nothing.</param>
/// <param name="Allowed">What would have been allowed, in the same unit; null where that says nothing.</param>
/// <param name="Entry">The earlier entry that stands in the way; null where there is none.</param>
/// <param name="Field">What differs from what was said before under the same id; none where nothing was.</param>
[WireType(551)]
public sealed record LedgerRefused(
    LedgerRefusal Reason,
    long? Asked = null,
    long? Allowed = null,
    EntryNumber? Entry = null,
    LedgerField Field = LedgerField.None) : LedgerAnswer;

/// <summary>The ledger's answer to a negotiation that asked to settle. Asked twice, the same answer.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Negotiation">The negotiation that asked.</param>
public abstract record SettlementAnswer(DealId Deal, NegotiationId Negotiation);

/// <summary>The deal has its entry.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Negotiation">The negotiation.</param>
/// <param name="Entry">The entry.</param>
/// <param name="At">When.</param>
/// <param name="Mode">Posted at once, or held until delivery.</param>
/// <param name="DeliveryDeadline">When it is voided by itself, if held.</param>
[WireType(552)]
public sealed record Settled(
    DealId Deal,
    NegotiationId Negotiation,
    EntryNumber Entry,
    LedgerTime At,
    SettlementMode Mode,
    LedgerTime? DeliveryDeadline) : SettlementAnswer(Deal, Negotiation);

/// <summary>The deal cannot be settled, now or ever; nothing has moved.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Negotiation">The negotiation.</param>
/// <param name="Causes">Why; each party is shown its own cause only.</param>
[WireType(553)]
public sealed record SettlementRefused(DealId Deal, NegotiationId Negotiation, SettlementCauses Causes)
    : SettlementAnswer(Deal, Negotiation);
