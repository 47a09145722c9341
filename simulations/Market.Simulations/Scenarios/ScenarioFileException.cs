namespace Market.Simulations.Scenarios;

/// <summary>
/// A scenario cannot be used. The message is one line: the file, the line, what is wrong and what would be right.
/// </summary>
/// <param name="place">Where it is wrong.</param>
/// <param name="problem">What is wrong and what would be right, in sentences.</param>
/// <param name="inner">The cause, if there is one.</param>
internal sealed class ScenarioFileException(Place place, string problem, Exception? inner = null)
    : Exception(OneLine($"{place}: {problem}"), inner)
{
    /// <summary>Where it is wrong.</summary>
    public Place Place { get; } = place;

    /// <summary>What is wrong and what would be right.</summary>
    public string Problem { get; } = OneLine(problem);

    // A message quotes what a file holds, whatever that is.
    private static string OneLine(string text) => string.Concat(text.Select(static c => char.IsControl(c) ? ' ' : c));
}
