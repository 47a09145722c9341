using Market.Domain.Negotiating;

namespace Market.Domain.Settling;

/// <summary>The ledger's answer to a command other than settle.</summary>
public abstract record LedgerAnswer;

/// <summary>The command is done. Asked twice, the same entry.</summary>
/// <param name="Entry">The entry that did it.</param>
public sealed record LedgerDone(EntryNumber Entry) : LedgerAnswer;

/// <summary>A refusal with the numbers that the caller may see.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Side">Whose side caused it, in a deal; null where it is neither's.</param>
/// <param name="Asked">What was asked for, in minor units or units; null where that says nothing.</param>
/// <param name="Allowed">What would have been allowed, in the same unit; null where that says nothing.</param>
/// <param name="Entry">The earlier entry that stands in the way; null where there is none.</param>
public sealed record LedgerRefused(
    LedgerRefusal Reason,
    Party? Side = null,
    long? Asked = null,
    long? Allowed = null,
    EntryNumber? Entry = null) : LedgerAnswer
{
    /// <summary>
    /// What a party may see: its own causes and those that are nobody's; of the other's, nothing (INV-20).
    /// </summary>
    public LedgerRefused SeenBy(Party viewer) => Side is null || Side == viewer
        ? this
        : new LedgerRefused(LedgerRefusal.CounterpartyCouldNotSettle, viewer.Counterparty());
}

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
public sealed record Settled(
    DealId Deal,
    NegotiationId Negotiation,
    EntryNumber Entry,
    LedgerTime At,
    SettlementMode Mode,
    LedgerTime? DeliveryDeadline) : SettlementAnswer(Deal, Negotiation);

/// <summary>The deal cannot be settled; nothing has changed.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Negotiation">The negotiation.</param>
/// <param name="Refused">Why; each party is shown only <see cref="LedgerRefused.SeenBy"/>.</param>
public sealed record SettlementRefused(DealId Deal, NegotiationId Negotiation, LedgerRefused Refused)
    : SettlementAnswer(Deal, Negotiation);
