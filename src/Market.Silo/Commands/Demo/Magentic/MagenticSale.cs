namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>What a customer has bought, as its own agent knows it.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Price">The business, and what was paid by the market's receipt.</param>
/// <param name="Rounds">Rounds begun until then.</param>
/// <param name="IsPosted">Whether it was bought at the posted price.</param>
internal sealed record MagenticSale(MagenticId Customer, MagenticPrice Price, int Rounds, bool IsPosted);
