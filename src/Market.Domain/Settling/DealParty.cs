namespace Market.Domain.Settling;

/// <summary>One side of a deal: who acted, for whom, under which mandate.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Principal">The person or company that it acts for, whose accounts the deal moves.</param>
/// <param name="Mandate">The mandate that the deal counts against; null where the principal acts without one.</param>
/// <param name="Approval">
/// Hash of the exact terms that the principal has approved; null where it was not asked.
/// </param>
public readonly record struct DealParty(
    AgentNumber Agent, PrincipalNumber Principal, MandateId? Mandate, Hash256? Approval = null);
