using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>What a mandate limits beyond its two caps. What is not said is not limited.</summary>
public sealed record MandateSettings
{
    /// <summary>Over what the budget is counted, in UTC: the mandate's whole life unless said otherwise.</summary>
    public BudgetWindow Window { get; init; } = BudgetWindow.Total;

    /// <summary>Which sides of a deal the agent may be.</summary>
    public MandateActions Actions { get; init; } = MandateActions.BuyAndSell;

    /// <summary>Categories of listings; empty for all.</summary>
    public ValueArray<string> Categories { get; init; }

    /// <summary>Principals to deal with; empty for all.</summary>
    public ValueArray<PrincipalNumber> CounterpartiesAllowed { get; init; }

    /// <summary>Principals not to deal with, even where they are allowed too.</summary>
    public ValueArray<PrincipalNumber> CounterpartiesDenied { get; init; }

    /// <summary>Most deals held until delivery at one time; null for any number.</summary>
    public int? OpenHoldsMax { get; init; }

    /// <summary>Most deals in all; null for any number.</summary>
    public int? DealsMax { get; init; }

    /// <summary>Totals above it need the principal's approval, in minor units; null where none does.</summary>
    public long? ApprovalAboveMinor { get; init; }

    /// <summary>
    /// The mandate that this one is delegated from: it may allow nothing that its parent does not, and what it uses
    /// counts against its parent too.
    /// </summary>
    public MandateId? Parent { get; init; }

    /// <summary>Levels that may be delegated from it; 0 for none.</summary>
    public int DelegationDepthMax { get; init; }

    /// <summary>Who may act; null for this agent.</summary>
    public AgentNumber? Agent { get; init; }

    /// <summary>How long from now it begins to hold; null for at once.</summary>
    public TimeSpan? StartsIn { get; init; }

    /// <summary>The grant of a mandate with these settings.</summary>
    /// <exception cref="ArgumentException">The two amounts are in different currencies.</exception>
    internal GrantOwnMandate ToGrant(MessageId message, Money perDealMax, Money budgetMax, TimeSpan validFor) =>
        perDealMax.Currency != budgetMax.Currency
            ? throw new ArgumentException(
                $"The budget is in {budgetMax.Currency}, the cap of a deal in {perDealMax.Currency}.",
                nameof(budgetMax))
            : new GrantOwnMandate(
                message,
                perDealMax.Currency,
                perDealMax.MinorUnits,
                budgetMax.MinorUnits,
                validFor,
                Window,
                Actions,
                Categories,
                CounterpartiesAllowed,
                CounterpartiesDenied,
                OpenHoldsMax,
                DealsMax,
                ApprovalAboveMinor,
                Parent,
                DelegationDepthMax,
                Agent,
                StartsIn);
}
