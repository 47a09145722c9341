using Market.Domain;

namespace Market.Grains.Journaling;

/// <summary>What was copied and found to be the same on both sides.</summary>
/// <param name="Market">The market.</param>
/// <param name="Entries">Rows; the last one's position.</param>
/// <param name="Streams">Streams.</param>
public sealed record StoreCopyResult(MarketId Market, long Entries, long Streams);
