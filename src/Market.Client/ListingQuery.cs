using Market.Domain;
using Market.Domain.Listings;

namespace Market.Client;

/// <summary>Which listings to find: all of what is given must hold.</summary>
public sealed record ListingQuery
{
    /// <summary>Words that title, category, description or lines contain, or null.</summary>
    public string? Text { get; init; }

    /// <summary>The category, or null.</summary>
    public string? Category { get; init; }

    /// <summary>Names of lines that the listing must have.</summary>
    public ValueArray<string> Lines { get; init; }

    /// <summary>Attributes that it must have, with these values.</summary>
    public ValueArray<ListingAttribute> Attributes { get; init; }

    /// <summary>Listings fetched at once, 1 to 100.</summary>
    public int PageSize { get; init; } = 50;
}
