using Market.Domain;

namespace Market.Silo.Commands.Demo.Magentic;

/// <summary>A business's own file. Only its own agent is given one.</summary>
/// <param name="Profile">What anybody may know.</param>
/// <param name="Secret">What only the business's own agent knows.</param>
public sealed record MagenticBusiness(MagenticBusinessProfile Profile, MagenticBusinessSecret Secret);

/// <summary>The public part of a business: its menu and what it is like.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">How it advertises itself; prose that nothing is decided from.</param>
/// <param name="Rating">Its rating.</param>
/// <param name="Menu">Items and posted prices.</param>
/// <param name="Amenities">What it has.</param>
/// <param name="AmenitiesLacking">What it says that it does not have.</param>
/// <param name="Stock">Orders that it can serve.</param>
public sealed record MagenticBusinessProfile(
    MagenticId Id,
    string Name,
    string Description,
    decimal Rating,
    ValueArray<MagenticLine> Menu,
    ValueArray<string> Amenities,
    ValueArray<string> AmenitiesLacking = default,
    long Stock = MagenticBusinessProfile.StockOfAny)
{
    /// <summary>Orders that a business can serve where nobody says: more than any market has customers.</summary>
    public const long StockOfAny = 1_000_000;

    /// <summary>Whether the business has every item and every amenity that a customer asks for.</summary>
    public bool Serves(MagenticCustomerProfile customer) =>
        customer.Items.All(item => Menu.Any(line => line.Item == item))
        && customer.Amenities.All(amenity => Amenities.Contains(amenity));

    /// <summary>The posted price of an order, in cents: the sum of its items' menu prices.</summary>
    /// <exception cref="ArgumentException">An item is not on the menu.</exception>
    public long PostedTotalCents(ValueArray<string> items) => items.Sum(PriceOf);

    private long PriceOf(string item)
    {
        foreach (var line in Menu)
        {
            if (line.Item == item)
            {
                return line.PriceCents;
            }
        }

        throw new ArgumentException($"'{item}' is not on the menu of {Id}.", nameof(item));
    }
}

/// <summary>The private part of a business: how far below its menu it goes.</summary>
/// <param name="MinPriceFactor">The least share of the menu price that it accepts, 0 to 1.</param>
public sealed record MagenticBusinessSecret(decimal MinPriceFactor)
{
    /// <summary>The least total that the business accepts for an order, in whole cents, rounded up.</summary>
    /// <param name="postedTotalCents">The order's posted price.</param>
    public long FloorCents(long postedTotalCents) =>
        decimal.ToInt64(decimal.Ceiling(MinPriceFactor * postedTotalCents));
}
