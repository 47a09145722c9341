namespace Market.Simulations.Scenarios.Generating;

/// <summary>What scenario to make.</summary>
/// <param name="Outcomes">How many outcomes; the nearest number that so many issues can have is taken.</param>
/// <param name="Issues">How many issues.</param>
/// <param name="Opposition">
/// The opposition wanted: the least distance of a rational outcome from the best of both, √Σ(1 − uᵢ/maxᵢ)²; null where
/// it does not matter, and profiles are independent.
/// </param>
/// <param name="Rational">
/// The share of outcomes that are worth more than no agreement to both, above 0; with 1 reservation values are 0.
/// </param>
/// <param name="Seed">What everything is drawn from.</param>
internal sealed record GeneratorSettings(
    int Outcomes = 1000, int Issues = 3, double? Opposition = null, double Rational = 1, ulong Seed = 1);
