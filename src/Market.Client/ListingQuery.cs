using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>
/// Which listings to find: all of what is given must hold, but for what is only nice. Upper and lower case are the
/// same, and accents make no difference.
/// </summary>
public sealed record ListingQuery
{
    /// <summary>
    /// Words that title, category, lines, attributes or description have, or null; nothing is syntax.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The category, or null.</summary>
    public string? Category { get; init; }

    /// <summary>Names of lines that the listing must have.</summary>
    public ValueArray<string> Lines { get; init; }

    /// <summary>Attributes that it must have, with these values.</summary>
    public ValueArray<ListingAttribute> Attributes { get; init; }

    /// <summary>Attributes that put it further up.</summary>
    public ValueArray<ListingAttribute> Nice { get; init; }

    /// <summary>The currency of its prices; null for any, or for that of the bounds.</summary>
    public Currency? Currency { get; init; }

    /// <summary>Least that its lowest unit price may be, or null.</summary>
    public Money? PriceMin { get; init; }

    /// <summary>Most that its lowest unit price may be, or null; in the currency of the lower bound.</summary>
    public Money? PriceMax { get; init; }

    /// <summary>Listings fetched at once, 1 to 100.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>The message that asks for one page.</summary>
    /// <exception cref="ArgumentException">Its bounds are in different currencies.</exception>
    internal SearchListings ToMessage(ReadOnlyMemory<byte> cursor)
    {
        var currency = Currency ?? PriceMin?.Currency ?? PriceMax?.Currency;
        return (PriceMin?.Currency ?? currency) != currency || (PriceMax?.Currency ?? currency) != currency
            ? throw new ArgumentException("All prices of a query are in one currency.")
            : new SearchListings(
                Text, Category, Lines, Attributes, null, PageSize, Nice, currency, PriceMin?.MinorUnits,
                PriceMax?.MinorUnits, cursor);
    }
}
