namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>What a customer has bought, as its own agent knows it.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Price">The business, and what was paid by the market's receipt.</param>
/// <param name="Rounds">Rounds begun until then.</param>
/// <param name="IsPosted">Whether it was bought at the posted price.</param>
/// <param name="Quotes">Businesses that made it a firm offer.</param>
/// <param name="FirstQuote">
/// The business whose firm offer the market recorded first; null where nobody made one. Who is first depends on timing.
/// </param>
internal sealed record MagenticSale(
    MagenticId Customer,
    MagenticPrice Price,
    int Rounds,
    bool IsPosted,
    int Quotes = 0,
    MagenticId? FirstQuote = null);
