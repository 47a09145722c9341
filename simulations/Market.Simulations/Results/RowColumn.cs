namespace Market.Simulations.Results;

/// <summary>A column of negotiations.csv.</summary>
/// <param name="Name">Its name in the first line, without the party's number.</param>
/// <param name="Meaning">What it holds, in a sentence.</param>
internal sealed record RowColumn(string Name, string Meaning);
