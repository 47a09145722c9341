using Market.Domain;
using Market.Domain.Negotiating;

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
/// <param name="Order">What the deal delivers: lines of the business's menu.</param>
/// <param name="ChargesCents">What the deal's total holds beside the goods: deliveries, fees, taxes.</param>
/// <param name="LeastAskCents">
/// The lowest total that this business has asked for the order in a firm offer; null where it made none.
/// </param>
internal sealed record MagenticSale(
    MagenticId Customer,
    MagenticPrice Price,
    int Rounds,
    bool IsPosted,
    int Quotes = 0,
    MagenticId? FirstQuote = null,
    ValueArray<OrderLine> Order = default,
    long ChargesCents = 0,
    long? LeastAskCents = null);
