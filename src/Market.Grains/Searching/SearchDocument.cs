using Market.Domain.Listings;
using Market.Domain.Wire;

namespace Market.Grains.Searching;

/// <summary>A listing or a request as the index takes it in; the same input always makes the same document.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Currency">Its currency, packed; 0 for any.</param>
/// <param name="PriceMinor">Its lowest unit price in minor units; 0 where it has none.</param>
/// <param name="Tokens">Its words and facts for the full-text index, each once.</param>
/// <param name="Features">What filters and ranks it; see <see cref="FeatureView"/>.</param>
/// <param name="Body">Itself, in the wire's form.</param>
internal sealed record SearchDocument(
    Guid Id, int Version, uint Currency, long PriceMinor, string Tokens, byte[] Features, byte[] Body)
{
    /// <summary>The document of a listing.</summary>
    public static SearchDocument Of(Listing listing)
    {
        var draft = listing.Draft;
        var builder = new SearchDocumentBuilder();
        builder.AddTitle(draft.Title);
        builder.AddCategory(draft.Category);
        builder.AddDescription(draft.Description);
        var price = long.MaxValue;
        foreach (var line in draft.Lines)
        {
            builder.AddLine(line.Name);
            price = Math.Min(price, line.UnitPriceMinor);
        }

        builder.AddAttributes(draft.Attributes);
        var currency = draft.Currency.Packed;
        var features = builder.Features(listing.Id.Value, currency, price);
        return new SearchDocument(
            listing.Id.Value, listing.Version, currency, price, builder.Tokens, features, WireFormat.Encode(listing));
    }

    /// <summary>The document of a request.</summary>
    public static SearchDocument Of(Request request)
    {
        var draft = request.Draft;
        var builder = new SearchDocumentBuilder();
        builder.AddTitle(draft.Title);
        if (draft.Category is { } category)
        {
            builder.AddCategory(category);
        }

        builder.AddDescription(draft.Description);
        foreach (var line in draft.Lines)
        {
            builder.AddLine(line.Name);
        }

        builder.AddAttributes(draft.Must);
        builder.AddAttributes(draft.Nice);
        var currency = draft.Currency?.Packed ?? 0;
        var features = builder.Features(request.Id.Value, currency, 0);
        return new SearchDocument(
            request.Id.Value, 1, currency, 0, builder.Tokens, features, WireFormat.Encode(request));
    }
}
