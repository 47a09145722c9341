namespace Market.Domain.Settling;

/// <summary>
/// What of a command differs from what was said before under the same id, or from what its parent allows.
/// </summary>
public enum LedgerField : byte
{
    /// <summary>Nothing, or nothing that has a name.</summary>
    None = 0,

    /// <summary>The kind of command.</summary>
    Kind = 1,

    /// <summary>How many legs or amounts it has.</summary>
    Count = 2,

    /// <summary>Where a leg's amount leaves.</summary>
    Debit = 3,

    /// <summary>Where a leg's amount arrives.</summary>
    Credit = 4,

    /// <summary>An amount.</summary>
    Amount = 5,

    /// <summary>When a hold or a mandate ends.</summary>
    ExpiresAt = 6,

    /// <summary>The account to open.</summary>
    Account = 7,

    /// <summary>The deal.</summary>
    Deal = 8,

    /// <summary>The hash of a deal's terms.</summary>
    TermsHash = 9,

    /// <summary>The claim to pay.</summary>
    Claim = 10,

    /// <summary>The asset to close.</summary>
    Asset = 11,

    /// <summary>A mandate's currency.</summary>
    Currency = 20,

    /// <summary>A mandate's cap of one deal.</summary>
    PerDealMaxMinor = 21,

    /// <summary>A mandate's budget.</summary>
    BudgetMaxMinor = 22,

    /// <summary>When a mandate begins.</summary>
    NotBefore = 23,

    /// <summary>The window of a mandate's budget.</summary>
    Window = 24,

    /// <summary>The sides of a deal that a mandate lets an agent be.</summary>
    Actions = 25,

    /// <summary>The categories that a mandate names.</summary>
    Categories = 26,

    /// <summary>The counterparties that a mandate allows.</summary>
    CounterpartiesAllowed = 27,

    /// <summary>The counterparties that a mandate denies.</summary>
    CounterpartiesDenied = 28,

    /// <summary>How many open holds a mandate allows.</summary>
    OpenHoldsMax = 29,

    /// <summary>How many deals a mandate allows.</summary>
    DealsMax = 30,

    /// <summary>The total above which a mandate needs an approval.</summary>
    ApprovalAboveMinor = 31,

    /// <summary>How many levels may be delegated from a mandate.</summary>
    DelegationDepthMax = 32,
}
