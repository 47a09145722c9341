namespace Market.Domain.Mandates;

/// <summary>
/// What a principal lets an agent do: deals up to an amount each, up to an amount in all, for a time. It never changes
/// once it is granted; it can be suspended, resumed and revoked.
/// </summary>
/// <param name="Id">Names it for ever.</param>
/// <param name="Principal">Who is bound by it.</param>
/// <param name="Agent">Who may act.</param>
/// <param name="Currency">The currency of all its limits.</param>
/// <param name="PerDealMaxMinor">Largest total of one deal, in minor units, at least 1.</param>
/// <param name="BudgetMaxMinor">
/// Largest sum of totals, held and posted, that deals take in one window, in minor units, at least 1.
/// </param>
/// <param name="NotBefore">First moment at which it holds.</param>
/// <param name="ExpiresAt">First moment at which it no longer holds.</param>
/// <param name="Window">Over what the budget is counted. A deal counts in the window in which it was settled.</param>
/// <param name="Actions">Which sides of a deal the agent may be.</param>
/// <param name="Categories">Categories of listings, upper and lower case alike; empty for all.</param>
/// <param name="CounterpartiesAllowed">Principals to deal with; empty for all.</param>
/// <param name="CounterpartiesDenied">Principals not to deal with, even where they are allowed too.</param>
/// <param name="OpenHoldsMax">Most deals held until delivery at one time; null for any number.</param>
/// <param name="DealsMax">Most deals in all, but for those that were voided; null for any number.</param>
/// <param name="ApprovalAboveMinor">
/// A total above it needs its principal's approval of exactly the deal's terms; null where none ever does.
/// </param>
/// <param name="Parent">
/// The mandate that it was delegated from, which allows all that it allows; null for one of the principal's own.
/// </param>
/// <param name="DelegationDepthMax">Levels of mandates that may be delegated from it; 0 for none.</param>
public sealed record Mandate(
    MandateId Id,
    PrincipalNumber Principal,
    AgentNumber Agent,
    Currency Currency,
    long PerDealMaxMinor,
    long BudgetMaxMinor,
    LedgerTime NotBefore,
    LedgerTime ExpiresAt,
    BudgetWindow Window = BudgetWindow.Total,
    MandateActions Actions = MandateActions.BuyAndSell,
    ValueArray<string> Categories = default,
    ValueArray<PrincipalNumber> CounterpartiesAllowed = default,
    ValueArray<PrincipalNumber> CounterpartiesDenied = default,
    int? OpenHoldsMax = null,
    int? DealsMax = null,
    long? ApprovalAboveMinor = null,
    MandateId? Parent = null,
    int DelegationDepthMax = 0);
