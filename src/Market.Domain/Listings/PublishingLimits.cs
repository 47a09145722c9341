namespace Market.Domain.Listings;

/// <summary>How much one agent may publish. A limit is judged when something is published, never when it is replayed.</summary>
/// <param name="OpenListingsMax">Listings of one seller that are not withdrawn.</param>
/// <param name="RequestsPerWeekMax">Requests of one buyer within <see cref="Week"/>.</param>
public sealed record PublishingLimits(int OpenListingsMax, int RequestsPerWeekMax)
{
    /// <summary>The time in which a buyer's requests are counted.</summary>
    public static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>No limit.</summary>
    public static PublishingLimits None { get; } = new(int.MaxValue, int.MaxValue);
}
