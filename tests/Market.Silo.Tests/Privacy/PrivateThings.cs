namespace Market.Silo.Tests.Privacy;

/// <summary>What of one side the other must not be able to tell from another value of it, in cents.</summary>
/// <param name="Balance">Its funds.</param>
/// <param name="PerDealMax">Its mandate's limit of a deal.</param>
/// <param name="BudgetMax">Its mandate's limit in all.</param>
/// <param name="ApprovalAbove">Its mandate's threshold, or null.</param>
/// <param name="DealsMax">Its mandate's limit of deals, or null.</param>
internal sealed record PrivateThings(
    long Balance, long PerDealMax, long BudgetMax, long? ApprovalAbove = null, int? DealsMax = null)
{
    /// <summary>Nothing of it refuses anything.</summary>
    public static PrivateThings Ample { get; } = new(1_000_000_00, 1_000_000_00, 1_000_000_00);

    /// <summary>Some that may refuse something, each in its own way.</summary>
    public static PrivateThings Random(Random random) => new(
        random.Next(3) == 0 ? random.Next(10_00, 600_00) : 500_000_00,
        random.Next(3) == 0 ? random.Next(20_00, 600_00) : 900_000_00,
        random.Next(3) == 0 ? random.Next(100_00, 1_500_00) : 900_000_00 + random.Next(100),
        random.Next(3) == 0 ? random.Next(50_00, 600_00) : null,
        random.Next(4) == 0 ? random.Next(1, 3) : null);
}
