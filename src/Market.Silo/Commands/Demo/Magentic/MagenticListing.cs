using System.Globalization;
using Market.Client;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>
/// How a business appears in the market: one listing, its menu the lines, its amenities the attributes.
/// </summary>
internal static class MagenticListing
{
    private const string Category = "restaurant";
    private const string IdAttribute = "business id";
    private const string RatingAttribute = "rating";
    private const string Present = "true";
    private const string Absent = "false";

    /// <summary>
    /// The listing of a business: all that is public of it. The total of an order is what is negotiated.
    /// </summary>
    public static ListingDraft DraftOf(MagenticBusinessProfile business) => new(
        DemoText.NameOf(business.Name),
        Category,
        DemoText.TextOf(business.Description),
        business.Menu.Select(static line => new ListingLine(line.Item, line.PriceCents)).ToValueArray(),
        AttributesOf(business).ToValueArray(),
        Currency.Usd,
        [Issue.TotalPrice(1, 0)],
        [0],
        business.Stock);

    /// <summary>What a customer searches for: every item of its order, and every amenity.</summary>
    public static ListingQuery QueryFor(MagenticCustomerProfile customer) => new()
    {
        Category = Category,
        Lines = customer.Items,
        Attributes = customer.Amenities.Select(static name => new ListingAttribute(name, Present)).ToValueArray(),
    };

    /// <summary>The business of a listing; null where the listing is of another kind.</summary>
    public static MagenticId? BusinessOf(ListingDraft draft)
    {
        foreach (var attribute in draft.Attributes)
        {
            if (attribute.Name == IdAttribute)
            {
                return new MagenticId(attribute.Value);
            }
        }

        return null;
    }

    /// <summary>
    /// A customer's items as an order, each once; null where the listing does not have them all under exactly these
    /// names, since a search takes upper and lower case for the same.
    /// </summary>
    public static ValueArray<OrderLine>? OrderOf(ListingDraft draft, ValueArray<string> items)
    {
        var order = new List<OrderLine>(items.Count);
        foreach (var item in items)
        {
            var line = draft.Lines.Select(static one => one.Name).ToList().IndexOf(item);
            if (line < 0)
            {
                return null;
            }

            order.Add(new OrderLine(line, 1));
        }

        return order.ToValueArray();
    }

    /// <summary>The items that an order takes from a business's menu; null where it takes one more than once.</summary>
    public static ValueArray<string>? ItemsOf(MagenticBusinessProfile business, ValueArray<OrderLine> order) =>
        order.All(static line => line.Quantity == 1)
            ? order.Select(line => business.Menu[line.Line].Item).ToValueArray()
            : null;

    private static IEnumerable<ListingAttribute> AttributesOf(MagenticBusinessProfile business) =>
    [
        new(IdAttribute, business.Id.Value),
        new(RatingAttribute, business.Rating.ToString(CultureInfo.InvariantCulture)),
        .. business.Amenities.Select(static name => new ListingAttribute(name, Present)),
        .. business.AmenitiesLacking.Select(static name => new ListingAttribute(name, Absent)),
    ];
}
