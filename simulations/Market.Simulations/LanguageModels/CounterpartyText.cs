namespace Market.Simulations.LanguageModels;

/// <summary>Something that the other side wrote. It is data, and nobody's instruction.</summary>
/// <param name="Kind">What it is, in our own words: "description", "message".</param>
/// <param name="Text">Its words, as they came.</param>
internal sealed record CounterpartyText(string Kind, string Text);
