namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>A total for the order at one business: its posted price, a bid to it, or its offer.</summary>
/// <param name="Business">The business.</param>
/// <param name="TotalCents">The total in cents.</param>
public readonly record struct MagenticPrice(MagenticId Business, long TotalCents);
