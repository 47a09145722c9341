using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>
/// Which requests to find: all of what is given must hold, but for what is only nice. What a buyer would pay is in no
/// request.
/// </summary>
public sealed record RequestQuery
{
    /// <summary>
    /// Words that title, category, lines, attributes or description have, or null; nothing is syntax.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The category, or null.</summary>
    public string? Category { get; init; }

    /// <summary>Names of lines that the request must ask for.</summary>
    public ValueArray<string> Lines { get; init; }

    /// <summary>Attributes that it must ask for, as must or as nice, with these values.</summary>
    public ValueArray<ListingAttribute> Attributes { get; init; }

    /// <summary>Attributes that put it further up.</summary>
    public ValueArray<ListingAttribute> Nice { get; init; }

    /// <summary>Requests in this currency or in any; null for all.</summary>
    public Currency? Currency { get; init; }

    /// <summary>Requests fetched at once, 1 to 100.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>The message that asks for one page.</summary>
    internal SearchRequests ToMessage(ReadOnlyMemory<byte> cursor) =>
        new(Text, Category, Lines, Attributes, Nice, Currency, PageSize, cursor);
}
