namespace Market.Simulations.Statistics;

/// <summary>Something that a strategy is judged by.</summary>
/// <param name="Key">Its name in JSON and on the command line.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Meaning">What it is, in a sentence.</param>
/// <param name="Of">Its value for one party of one negotiation; null where that defines none.</param>
internal sealed record Measure(string Key, string Name, string Meaning, Func<Observation, double?> Of);
