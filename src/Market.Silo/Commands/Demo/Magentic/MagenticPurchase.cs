namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>What a customer takes after the last round.</summary>
/// <param name="Price">The business and what is paid.</param>
/// <param name="IsPosted">Whether it is the posted price, rather than the business's standing firm offer.</param>
public sealed record MagenticPurchase(MagenticPrice Price, bool IsPosted);
