namespace Market.Domain.Tests.Negotiating;

/// <summary>Everything of one side that the other must not be able to tell from another value of it.</summary>
/// <param name="Mandate">The mandate that its agent acts under.</param>
/// <param name="Salt">Goes into its message ids, its acts' digests and its signatures.</param>
/// <param name="FailureCode">Why its side could not settle, where it could not.</param>
internal sealed record PrivateSide(MandateId? Mandate, int Salt, int FailureCode)
{
    public static PrivateSide First { get; } = new(null, Salt: 0, FailureCode: 2310);

    public static PrivateSide Second { get; } =
        new(new MandateId(new Guid("00000000-0000-7000-8000-000000000077")), Salt: 1 << 24, FailureCode: 2409);
}
