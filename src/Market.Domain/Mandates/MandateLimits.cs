namespace Market.Domain.Mandates;

/// <summary>The limits of a mandate, each with its reason. Above a limit a mandate cannot be granted.</summary>
public static class MandateLimits
{
    /// <summary>Categories that a mandate names, so that granting one fits a frame.</summary>
    public const int CategoriesMax = 32;

    /// <summary>Counterparties that a mandate allows, and as many that it denies; bounds its entry.</summary>
    public const int CounterpartiesMax = 256;

    /// <summary>Most open holds and most deals that a mandate counts; far above any real number.</summary>
    public const int CountMax = 1_000_000_000;

    /// <summary>Levels below a mandate; a deal is checked against every ancestor.</summary>
    public const int DelegationDepthMax = 8;

    /// <summary>Times that one mandate may change, each of which the book remembers for ever.</summary>
    public const int RevisionsMax = 256;
}
