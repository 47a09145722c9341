using Market.Domain.Negotiating;

namespace Market.Domain.Listings;

/// <summary>
/// Which listings, requests and orders the market takes, and what a listing and an order make negotiable.
/// </summary>
public static class ListingRules
{
    /// <summary>Why a listing is refused; null when it is not.</summary>
    public static ListingRefusal? Refuse(ListingDraft draft) => Check(draft)?.Refusal;

    /// <summary>Why a request is refused; null when it is not.</summary>
    public static ListingRefusal? Refuse(RequestDraft draft) => Check(draft)?.Refusal;

    /// <summary>Why an order of a listing's lines is refused; null when it is not.</summary>
    public static ListingRefusal? Refuse(ListingDraft draft, ValueArray<OrderLine> order) =>
        Check(draft, order)?.Refusal;

    /// <summary>What is wrong with a listing, field by field; null when nothing is.</summary>
    public static ListingFault? Check(ListingDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var faults = new ListingFaults();
        DraftRules.CheckName("title", draft.Title, faults.Problems);
        DraftRules.CheckName("category", draft.Category, faults.Problems);
        DraftRules.CheckText("description", draft.Description, faults.Problems);
        faults.Close(ListingRefusal.NameIsInvalid);
        DraftRules.CheckLines(draft.Lines, faults.Problems);
        DraftRules.CheckAttributes("attributes", draft.Attributes, faults.Problems);
        faults.Close(ListingRefusal.LinesAreInvalid);
        if (faults.Found is null)
        {
            // The price of the smallest order is among an agenda's bounds, so it takes lines that are right.
            var agenda = AgendaOf(draft, SmallestOrder);
            AgendaRules.Check(agenda, faults.Problems);
            faults.Close(ListingRefusal.IssuesAreInvalid);
            DraftRules.CheckPosted(draft, agenda, PostedTotalOf(draft, SmallestOrder), faults.Problems);
            faults.Close(ListingRefusal.PostedValuesAreInvalid);
        }

        DraftRules.CheckAmount("stock", draft.Stock, faults.Problems);
        faults.Close(ListingRefusal.QuantityOutOfRange);
        return faults.Found;
    }

    /// <summary>What is wrong with a request, field by field; null when nothing is.</summary>
    public static ListingFault? Check(RequestDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var faults = new ListingFaults();
        DraftRules.CheckName("title", draft.Title, faults.Problems);
        DraftRules.CheckText("description", draft.Description, faults.Problems);
        if (draft.Category is { } category)
        {
            DraftRules.CheckName("category", category, faults.Problems);
        }

        faults.Close(ListingRefusal.NameIsInvalid);
        DraftRules.CheckLines(draft.Lines, faults.Problems);
        DraftRules.CheckAttributes("must", draft.Must, faults.Problems);
        DraftRules.CheckAttributes("nice", draft.Nice, faults.Problems);
        faults.Close(ListingRefusal.LinesAreInvalid);
        if (draft.Issues.Count > 0)
        {
            AgendaRules.Check(new Agenda(draft.Currency ?? default, draft.Issues), faults.Problems);
            faults.Close(ListingRefusal.IssuesAreInvalid);
        }

        DraftRules.CheckAmount("quantity", draft.Quantity, faults.Problems);
        faults.Close(ListingRefusal.QuantityOutOfRange);
        return faults.Found;
    }

    /// <summary>What is wrong with an order of a listing's lines, field by field; null when nothing is.</summary>
    public static ListingFault? Check(ListingDraft draft, ValueArray<OrderLine> order)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var faults = new ListingFaults();
        if (order.Count is < 1 or > MarketLimits.LinesMax)
        {
            faults.Problems.Add("order", "has too few or too many lines", order.Count, $"1..{MarketLimits.LinesMax}");
        }

        var taken = new HashSet<int>();
        for (var i = 0; i < order.Count; i++)
        {
            if (order[i].Line < 0 || order[i].Line >= draft.Lines.Count)
            {
                faults.Problems.AddOutOfRange($"order[{i}].line", order[i].Line, 0, draft.Lines.Count - 1);
            }
            else if (!taken.Add(order[i].Line))
            {
                faults.Problems.Add($"order[{i}].line", "is ordered twice", order[i].Line, "each line once");
            }

            if (order[i].Quantity < 1)
            {
                faults.Problems.AddOutOfRange($"order[{i}].quantity", order[i].Quantity, 1, int.MaxValue);
            }
        }

        if (faults.Problems.AreNone)
        {
            AgendaRules.Check(AgendaOf(draft, order), faults.Problems);
        }

        faults.Close(ListingRefusal.OrderIsInvalid);
        return faults.Found;
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
    /// The posted price of an order's goods: Σ unit price × quantity, in minor units and without charges; capped at one
    /// above the largest amount.
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
            issues[i] = issue is { IsPrice: true, Maximum: 0 } ? UpTo(PostedTotalOf(draft, order), issue) : issue;
        }

        return new Agenda(draft.Currency, ValueArray.Create<Issue>(issues), draft.Charges);
    }

    /// <summary>A price whose maximum, and whose fixed value if it is 0, are those of the order.</summary>
    private static Issue UpTo(long posted, Issue price) =>
        price with { Maximum = posted, Fixed = price.Fixed == 0 ? posted : price.Fixed };

    private static Terms? PostedOf(ListingDraft draft, Agenda agenda, ValueArray<OrderLine> order)
    {
        if (draft.PostedValues.Count != agenda.Issues.Count)
        {
            return null;
        }

        var values = draft.PostedValues.AsSpan().ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            if (agenda.Issues[i].IsPrice)
            {
                values[i] = PostedTotalOf(draft, order);
            }
        }

        var outcome = Outcome.Of(values);
        return agenda.Contains(outcome) ? agenda.TermsOf(outcome, draft.PostedLabels) : null;
    }
}
