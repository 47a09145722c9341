using Market.Domain.Negotiating;

namespace Market.Domain.Listings;

/// <summary>
/// Which listings, requests and orders the market takes, and what a listing and an order make negotiable.
/// </summary>
public static class ListingRules
{
    /// <summary>Why a listing is refused; null when it is not.</summary>
    public static ListingRefusal? Refuse(ListingDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return !Names.IsValid(draft.Title) || !Names.IsValid(draft.Category) || !Names.IsText(draft.Description)
                ? ListingRefusal.NameIsInvalid
            : !AreValid(draft.Lines) || !AreValid(draft.Attributes) ? ListingRefusal.LinesAreInvalid
            : !AgendaRules.IsValid(AgendaOf(draft, SmallestOrder)) ? ListingRefusal.IssuesAreInvalid
            : draft.PostedValues.Count > 0 && PostedOf(draft, AgendaOf(draft, SmallestOrder), SmallestOrder) is null
                ? ListingRefusal.PostedValuesAreInvalid
            : draft.Stock is < 1 or > MarketLimits.AmountMax ? ListingRefusal.QuantityOutOfRange
            : null;
    }

    /// <summary>Why a request is refused; null when it is not.</summary>
    public static ListingRefusal? Refuse(RequestDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        return !Names.IsValid(draft.Title) || !Names.IsText(draft.Description)
            || (draft.Category is { } category && !Names.IsValid(category)) ? ListingRefusal.NameIsInvalid
            : !AreValid(draft.Lines) || !AreValid(draft.Must) || !AreValid(draft.Nice) ? ListingRefusal.LinesAreInvalid
            : draft.Issues.Count > 0 && (draft.Currency is not { } currency
                || !AgendaRules.IsValid(new Agenda(currency, draft.Issues))) ? ListingRefusal.IssuesAreInvalid
            : draft.Quantity is < 1 or > MarketLimits.AmountMax ? ListingRefusal.QuantityOutOfRange
            : null;
    }

    /// <summary>Why an order of a listing's lines is refused; null when it is not.</summary>
    public static ListingRefusal? Refuse(ListingDraft draft, ValueArray<OrderLine> order)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (order.Count is < 1 or > MarketLimits.LinesMax)
        {
            return ListingRefusal.OrderIsInvalid;
        }

        var taken = new HashSet<int>();
        foreach (var line in order)
        {
            if (line.Line < 0 || line.Line >= draft.Lines.Count || line.Quantity < 1 || !taken.Add(line.Line))
            {
                return ListingRefusal.OrderIsInvalid;
            }
        }

        return AgendaRules.IsValid(AgendaOf(draft, order)) ? null : ListingRefusal.OrderIsInvalid;
    }

    /// <summary>
    /// What a negotiation over an order of this listing is about. The order has passed
    /// <see cref="Refuse(ListingDraft, ValueArray{OrderLine})"/>.
    /// </summary>
    public static Subject SubjectOf(Listing listing, ValueArray<OrderLine> order, RequestId? request)
    {
        ArgumentNullException.ThrowIfNull(listing);
        var agenda = AgendaOf(listing.Draft, order);
        return new Subject(
            listing.Id, listing.Version, request, order, agenda, PostedOf(listing.Draft, agenda, order),
            listing.Draft.Category);
    }

    /// <summary>
    /// The posted price of an order: Σ unit price × quantity, in minor units; capped at one above the largest amount.
    /// </summary>
    public static long PostedTotalOf(ListingDraft draft, ValueArray<OrderLine> order)
    {
        ArgumentNullException.ThrowIfNull(draft);
        Int128 total = 0;
        foreach (var line in order)
        {
            total += (Int128)draft.Lines[line.Line].UnitPriceMinor * line.Quantity;
        }

        return (long)Int128.Min(total, MarketLimits.AmountMax + 1);
    }

    private static ValueArray<OrderLine> SmallestOrder => [new OrderLine(0, 1)];

    private static Agenda AgendaOf(ListingDraft draft, ValueArray<OrderLine> order)
    {
        var issues = new Issue[draft.Issues.Count];
        for (var i = 0; i < issues.Length; i++)
        {
            var issue = draft.Issues[i];
            issues[i] = IsPrice(issue) && issue.Maximum == 0
                ? issue with { Maximum = PostedTotalOf(draft, order) }
                : issue;
        }

        return new Agenda(draft.Currency, ValueArray.Create<Issue>(issues));
    }

    private static Terms? PostedOf(ListingDraft draft, Agenda agenda, ValueArray<OrderLine> order)
    {
        if (draft.PostedValues.Count != agenda.Issues.Count)
        {
            return null;
        }

        var values = draft.PostedValues.AsSpan().ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            if (IsPrice(agenda.Issues[i]))
            {
                values[i] = PostedTotalOf(draft, order);
            }
        }

        var outcome = Outcome.Of(values);
        return agenda.Contains(outcome) ? agenda.TermsOf(outcome) : null;
    }

    private static bool IsPrice(Issue issue) => issue.Kind is IssueKind.UnitPrice or IssueKind.TotalPrice;

    private static bool AreValid(ValueArray<ListingLine> lines)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            if (!Names.IsValid(line.Name) || !names.Add(line.Name)
                || line.UnitPriceMinor is < 1 or > MarketLimits.AmountMax)
            {
                return false;
            }
        }

        return lines.Count is >= 1 and <= MarketLimits.LinesMax;
    }

    private static bool AreValid(ValueArray<RequestLine> lines)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            if (!Names.IsValid(line.Name) || !names.Add(line.Name) || !Names.IsValid(line.Unit) || line.Quantity < 1)
            {
                return false;
            }
        }

        return lines.Count <= MarketLimits.LinesMax;
    }

    private static bool AreValid(ValueArray<ListingAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            if (!Names.IsValid(attribute.Name) || !Names.IsValid(attribute.Value))
            {
                return false;
            }
        }

        return attributes.Count <= MarketLimits.AttributesMax;
    }
}
