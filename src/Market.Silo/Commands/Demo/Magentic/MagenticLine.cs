namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>One line of a menu.</summary>
/// <param name="Item">What is sold.</param>
/// <param name="PriceCents">Its menu price, at least 1.</param>
public readonly record struct MagenticLine(string Item, long PriceCents);
