namespace Market.Domain.Strategies;

/// <summary>How to make an offering strategy.</summary>
/// <param name="Info">What people read about it.</param>
/// <param name="Make">Makes one, from the own outcomes and a seed.</param>
/// <param name="TakesModel">
/// Whether an opponent model can choose among outcomes of about the same utility: not where the strategy counts, or
/// draws, the very outcomes that it offers.
/// </param>
/// <param name="KeepsState">Whether it remembers earlier turns.</param>
internal sealed record OfferingRecipe(
    StrategyInfo Info,
    Func<RankedOutcomes, ulong, RankedNegotiator> Make,
    bool TakesModel = true,
    bool KeepsState = false);
