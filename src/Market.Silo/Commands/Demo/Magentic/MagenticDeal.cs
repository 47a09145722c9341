namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>A customer's purchase beside what only its two sides knew.</summary>
/// <param name="Customer">Who bought.</param>
/// <param name="Business">Who sold.</param>
/// <param name="Rounds">Rounds begun until then.</param>
/// <param name="MenuCents">The posted price of the order.</param>
/// <param name="FloorCents">The least that the business would have taken.</param>
/// <param name="LimitCents">What the order is worth to the customer.</param>
/// <param name="PaidCents">What was paid.</param>
internal sealed record MagenticDeal(
    MagenticId Customer,
    MagenticId Business,
    int Rounds,
    long MenuCents,
    long FloorCents,
    long LimitCents,
    long PaidCents) : IDemoDeal
{
    /// <summary>The deal of a sale, told by whoever holds everybody's file.</summary>
    public static MagenticDeal Of(MagenticMarket market, MagenticSale sale)
    {
        ArgumentNullException.ThrowIfNull(market);
        var customer = market.Customers.Single(one => one.Profile.Id == sale.Customer);
        var business = market.Businesses.Single(one => one.Profile.Id == sale.Price.Business);
        var menu = business.Profile.PostedTotalCents(customer.Profile.Items);
        return new MagenticDeal(
            sale.Customer,
            sale.Price.Business,
            sale.Rounds,
            menu,
            business.Secret.FloorCents(menu),
            customer.Secret.WorthCents,
            sale.Price.TotalCents);
    }
}
