using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;

namespace Market.Domain.Approvals;

/// <summary>What is to be approved: the exact terms, and all that a principal needs to judge them.</summary>
/// <param name="Agent">Who wants to bind its principal.</param>
/// <param name="Principal">Who is asked.</param>
/// <param name="Mandate">The mandate that asks for the approval.</param>
/// <param name="Side">The side that agent and principal are on.</param>
/// <param name="Negotiation">Where.</param>
/// <param name="Subject">Listing, order and issues.</param>
/// <param name="Terms">The terms; one value for each issue.</param>
/// <param name="TermsHash">Their hash, which the approval names.</param>
/// <param name="Counterparty">The other side's agent.</param>
/// <param name="CounterpartyPrincipal">The other side's principal.</param>
/// <param name="OfferNumber">The offer to accept; null where the agent wants to offer the terms itself.</param>
/// <param name="StandsUntil">When that offer ends; null where the agent wants to offer the terms itself.</param>
public sealed record ApprovalMatter(
    AgentNumber Agent,
    PrincipalNumber Principal,
    MandateId Mandate,
    Party Side,
    NegotiationId Negotiation,
    Subject Subject,
    Terms Terms,
    Hash256 TermsHash,
    AgentNumber Counterparty,
    PrincipalNumber CounterpartyPrincipal,
    long? OfferNumber = null,
    LedgerTime? StandsUntil = null)
{
    /// <summary>What the buyer pays in all.</summary>
    public Money Total => new(Terms.TotalMinorUnits, Subject.Agenda.Currency);

    /// <summary>The deal as the agent's mandate judges it.</summary>
    /// <param name="approval">What the principal has approved; null for nothing.</param>
    public MandatedDeal ToDeal(GrantedApproval? approval = null) => new(
        new DealParty(Agent, Principal, Mandate, approval?.TermsHash),
        CounterpartyPrincipal,
        Side == Party.Buyer ? MandateActions.Buy : MandateActions.Sell,
        Total,
        Subject.Category,
        IsHeld: false,
        TermsHash);
}

/// <summary>
/// Names for people, as listing and counterparty gave them when the approval was asked for. What others wrote is data:
/// nothing is decided from it, and empty texts stand for what could not be found.
/// </summary>
/// <param name="Listing">The listing's title.</param>
/// <param name="Lines">The names of the ordered lines, in the order's order.</param>
/// <param name="Counterparty">What the other side's agent is called.</param>
/// <param name="CounterpartyPrincipal">The handle of whom it acts for.</param>
public sealed record ApprovalNames(
    string Listing, ValueArray<string> Lines, string Counterparty, string CounterpartyPrincipal);
