using Market.Domain.Negotiating;

namespace Market.Domain.Listings;

/// <summary>Writes a draft step by step; each step gives a new draft. What is not said is empty.</summary>
public static class ListingDrafting
{
    extension(ListingDraft draft)
    {
        /// <summary>A draft of one unit with a title, a category and a currency, to which the rest is added.</summary>
        public static ListingDraft Of(string title, string category, Currency currency) =>
            new(title, category, string.Empty, [], [], currency, [], [], Stock: 1);

        /// <summary>With one more thing that is sold.</summary>
        public ListingDraft WithLine(string name, long unitPriceMinor, string unit = "piece") =>
            draft with { Lines = [.. draft.Lines, new ListingLine(name, unitPriceMinor, unit)] };

        /// <summary>With one more fact that buyers may require.</summary>
        public ListingDraft WithAttribute(string name, string value) =>
            draft with { Attributes = [.. draft.Attributes, new ListingAttribute(name, value)] };

        /// <summary>With more issues, after those that it has.</summary>
        public ListingDraft WithIssues(params ReadOnlySpan<Issue> issues) =>
            draft with { Issues = [.. draft.Issues, .. issues] };

        /// <summary>With one more charge.</summary>
        public ListingDraft WithCharge(Charge charge) => draft with { Charges = [.. draft.Charges, charge] };

        /// <summary>With a delivery whose cost the choice of an issue decides.</summary>
        /// <param name="name">What people call the charge.</param>
        /// <param name="issue">The name of a choice issue that the draft has.</param>
        /// <param name="amountsMinor">One amount for each choice, in minor units.</param>
        /// <exception cref="ArgumentException">The draft has no choice of this name.</exception>
        public ListingDraft WithDeliveryBy(string name, string issue, params ReadOnlySpan<long> amountsMinor)
        {
            for (var place = 0; place < draft.Issues.Count; place++)
            {
                if (draft.Issues[place].Kind == IssueKind.Choice && draft.Issues[place].Name == issue)
                {
                    return draft.WithCharge(Charge.DeliveryBy(name, place, amountsMinor));
                }
            }

            throw new ArgumentException($"The draft has no choice '{issue}'; add its issues first.", nameof(issue));
        }

        /// <summary>
        /// At a posted price: with these values the listing can be bought without negotiating. One an issue; the
        /// price's counts for nothing.
        /// </summary>
        public ListingDraft PostedAt(params ReadOnlySpan<long> values) =>
            draft with { PostedValues = ValueArray.Create(values) };

        /// <summary>With a number of units for sale.</summary>
        public ListingDraft WithStock(long units) => draft with { Stock = units };
    }
}
