namespace Market.Domain.Mandates;

/// <summary>
/// What a principal lets an agent do: deals up to an amount each, up to an amount in all, for a time.
/// </summary>
/// <param name="Id">Names it for ever.</param>
/// <param name="Principal">Who is bound by it.</param>
/// <param name="Agent">Who may act.</param>
/// <param name="Currency">The currency of both limits.</param>
/// <param name="PerDealMaxMinor">Largest total of one deal, in minor units, at least 1.</param>
/// <param name="BudgetMaxMinor">Largest sum of totals, held and posted, in minor units, at least 1.</param>
/// <param name="NotBefore">First moment at which it holds.</param>
/// <param name="ExpiresAt">First moment at which it no longer holds.</param>
public sealed record Mandate(
    MandateId Id,
    PrincipalNumber Principal,
    AgentNumber Agent,
    Currency Currency,
    long PerDealMaxMinor,
    long BudgetMaxMinor,
    LedgerTime NotBefore,
    LedgerTime ExpiresAt);
