using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Domain.Wire.Messages;

/// <summary>Where in a listing or a request a word was found.</summary>
public enum SearchField : byte
{
    /// <summary>The title.</summary>
    Title = 1,

    /// <summary>The category.</summary>
    Category = 2,

    /// <summary>The name of a line.</summary>
    Lines = 3,

    /// <summary>The name or the value of an attribute.</summary>
    Attributes = 4,

    /// <summary>The description.</summary>
    Description = 5,
}

/// <summary>A word of a query, and where it was found.</summary>
/// <param name="Word">The word as it was compared: lower case, without accents.</param>
/// <param name="Fields">Where it was found.</param>
public sealed record MatchedWord(string Word, ValueArray<SearchField> Fields);

/// <summary>Why something was found.</summary>
/// <param name="Score">
/// What the order is by, the highest first: for each word, what its rarity, its fields and the text's length give
/// (BM25 over weighted fields, in thousandths), and 5,000 for each nice attribute.
/// </param>
/// <param name="Words">The query's words.</param>
/// <param name="Attributes">Those of the attributes asked for, as must or nice, that it has.</param>
/// <param name="PriceMinor">
/// The lowest unit price, where a range of prices was asked for: it is in that range. Else null.
/// </param>
public sealed record SearchMatch(
    long Score, ValueArray<MatchedWord> Words, ValueArray<ListingAttribute> Attributes, long? PriceMinor = null);

/// <summary>Requests that match, the best first.</summary>
/// <param name="Requests">One page of them.</param>
/// <param name="HasMore">Whether there is another page after the last of these.</param>
/// <param name="Matches">Why each of them is here, in the same order.</param>
/// <param name="Cursor">Opaque; give it back with the same query for the next page. Empty where there is none.</param>
[WireType(250)]
public sealed record RequestsFound(
    ValueArray<Request> Requests,
    bool HasMore,
    ValueArray<SearchMatch> Matches,
    ReadOnlyMemory<byte> Cursor);

/// <summary>One listing beside others.</summary>
/// <param name="Listing">Which.</param>
/// <param name="Refusal">
/// Why it cannot be ordered so, as a <see cref="ListingRefusal"/>'s number, and then nothing else is said of it; null
/// where it can.
/// </param>
/// <param name="Version">Its newest version, which an opening must name.</param>
/// <param name="Title">What it is called: the seller's words, data to others.</param>
/// <param name="Seller">The agent who sells.</param>
/// <param name="Order">What would be ordered.</param>
/// <param name="Posted">
/// The terms at which it can be bought at once, with the all-in total of the order; null where its price must be
/// negotiated.
/// </param>
/// <param name="Attributes">Its facts.</param>
/// <param name="Agenda">What is negotiated for this order, with the range of each issue; null for a refusal.</param>
public sealed record ComparedListing(
    ListingId Listing,
    int? Refusal,
    int Version,
    string Title,
    AgentNumber Seller,
    ValueArray<OrderLine> Order,
    Terms? Posted,
    ValueArray<ListingAttribute> Attributes,
    Agenda? Agenda);

/// <summary>Listings side by side, in the order in which they were asked for.</summary>
/// <param name="Listings">
/// The first of those that were asked for, as many as a page holds, at least one; ask again for the rest.
/// </param>
[WireType(251)]
public sealed record ListingsCompared(ValueArray<ComparedListing> Listings);

/// <summary>The posted prices of one version of a listing.</summary>
/// <param name="Version">The version.</param>
/// <param name="At">Since when.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Lines">Each line's posted unit price.</param>
public sealed record PostedVersion(int Version, LedgerTime At, Currency Currency, ValueArray<ListingLine> Lines);

/// <summary>A listing's posted prices, the oldest version first.</summary>
/// <param name="Listing">Which.</param>
/// <param name="Versions">One page of them.</param>
/// <param name="HasMore">Whether there are later versions.</param>
[WireType(252)]
public sealed record PriceHistory(ListingId Listing, ValueArray<PostedVersion> Versions, bool HasMore);
