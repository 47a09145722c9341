using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;

namespace Market.Grains.Searching;

/// <summary>What a query asks of a listing; all of it must hold. Upper and lower case are the same.</summary>
/// <param name="query">The query.</param>
internal sealed class ListingFilter(SearchListings query)
{
    private readonly string[] _words = query.Text?.Split(
        (char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Whether a listing meets the query.</summary>
    public bool Matches(ListingDraft draft) =>
        (query.Category is null || AreSame(query.Category, draft.Category))
        && HasLines(draft.Lines)
        && HasAttributes(draft.Attributes)
        && Array.TrueForAll(_words, word => Mentions(draft, word));

    private bool HasLines(ValueArray<ListingLine> lines)
    {
        foreach (var required in query.Lines)
        {
            if (!lines.Any(line => AreSame(line.Name, required)))
            {
                return false;
            }
        }

        return true;
    }

    private bool HasAttributes(ValueArray<ListingAttribute> attributes)
    {
        foreach (var required in query.Attributes)
        {
            if (!attributes.Any(one => AreSame(one.Name, required.Name) && AreSame(one.Value, required.Value)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Mentions(ListingDraft draft, string word) =>
        draft.Title.Contains(word, StringComparison.OrdinalIgnoreCase)
        || draft.Category.Contains(word, StringComparison.OrdinalIgnoreCase)
        || draft.Description.Contains(word, StringComparison.OrdinalIgnoreCase)
        || draft.Lines.Any(line => line.Name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool AreSame(string left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
