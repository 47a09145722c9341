using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Domain.Wire.Messages;

/// <summary>
/// Finds open requests, as <see cref="SearchListings"/> finds listings. A request has no price: what its buyer would
/// pay is private. Answer: <see cref="RequestsFound"/>.
/// </summary>
/// <param name="Text">Words that title, category, lines, attributes or description have, all of them; or null.</param>
/// <param name="Category">The category, or null.</param>
/// <param name="Lines">Names of lines that the request must ask for.</param>
/// <param name="Attributes">Attributes that it must ask for, as must or as nice, with these values.</param>
/// <param name="Nice">Attributes that put a request further up.</param>
/// <param name="Currency">Requests in this currency or in any; null for all.</param>
/// <param name="CountMax">How many at most, 1 to 100.</param>
/// <param name="Cursor">The cursor of the page before, with the same query; empty for the first page.</param>
[WireType(150)]
public sealed record SearchRequests(
    string? Text = null,
    string? Category = null,
    ValueArray<string> Lines = default,
    ValueArray<ListingAttribute> Attributes = default,
    ValueArray<ListingAttribute> Nice = default,
    Currency? Currency = null,
    int CountMax = 20,
    ReadOnlyMemory<byte> Cursor = default);

/// <summary>What would be ordered of a listing.</summary>
/// <param name="Listing">The listing.</param>
/// <param name="Order">Its lines; empty for one unit of the first.</param>
public sealed record ComparedOrder(ListingId Listing, ValueArray<OrderLine> Order = default);

/// <summary>
/// Sets listings side by side, each with the order that would be made of it. Answer: <see cref="ListingsCompared"/>.
/// </summary>
/// <param name="Orders">1 to 20 of them.</param>
[WireType(151)]
public sealed record CompareListings(ValueArray<ComparedOrder> Orders);

/// <summary>
/// Asks for the posted prices of a listing, version by version. Answer: <see cref="PriceHistory"/>.
/// </summary>
/// <param name="Listing">The listing.</param>
/// <param name="AfterVersion">The last version of the page before; 0 for the first page.</param>
/// <param name="CountMax">How many at most, 1 to 100.</param>
[WireType(152)]
public sealed record GetPriceHistory(ListingId Listing, int AfterVersion = 0, int CountMax = 20);
