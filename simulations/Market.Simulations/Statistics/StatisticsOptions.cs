namespace Market.Simulations.Statistics;

/// <summary>How statistics are made.</summary>
/// <param name="Measure">What strategies are ranked and compared by.</param>
/// <param name="Seed">Seed of the resampling; each figure derives its own stream.</param>
/// <param name="Resamples">Resamples of an interval.</param>
internal sealed record StatisticsOptions(
    Measure Measure, ulong Seed = 1, int Resamples = ClusterBootstrap.ResamplesUsual);
