namespace Market.Domain.Negotiating;

/// <summary>
/// Offers of which a part may be accepted: the deal is the offer's terms with the quantity that was taken, and the
/// total that follows from it. Possible where the total is a unit price × quantity.
/// </summary>
public static class PartialTerms
{
    /// <summary>Whether an agenda has a unit price and a quantity, so that a part of an offer has a total.</summary>
    public static bool ArePossible(Agenda agenda)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        return PlaceOf(agenda, IssueKind.UnitPrice) >= 0 && PlaceOf(agenda, IssueKind.Quantity) >= 0;
    }

    /// <summary>Whether terms may be offered in part, from a quantity on.</summary>
    public static bool CanBeOffered(Agenda agenda, Terms terms, long partialFrom)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        ArgumentNullException.ThrowIfNull(terms);
        return ArePossible(agenda)
            && partialFrom <= agenda.QuantityOf(terms.Outcome)
            && agenda.Issues[PlaceOf(agenda, IssueKind.Quantity)].Contains(partialFrom);
    }

    /// <summary>Whether a quantity of an offer may be accepted; null is all of it.</summary>
    public static bool CanBeAccepted(Agenda agenda, Offer offer, long? quantity)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        ArgumentNullException.ThrowIfNull(offer);
        return quantity is not { } taken
            || taken == agenda.QuantityOf(offer.Terms.Outcome)
            || (offer.PartialFrom <= taken && CanBeOffered(agenda, offer.Terms, taken));
    }

    /// <summary>The terms of a deal over a quantity of what was offered; null is all of it.</summary>
    public static Terms Of(Agenda agenda, Terms offered, long? quantity)
    {
        ArgumentNullException.ThrowIfNull(agenda);
        ArgumentNullException.ThrowIfNull(offered);
        if (quantity is not { } taken || taken == agenda.QuantityOf(offered.Outcome))
        {
            return offered;
        }

        var values = offered.Outcome.Values.AsSpan().ToArray();
        values[PlaceOf(agenda, IssueKind.Quantity)] = taken;
        var outcome = Outcome.Of(values);
        return offered with { Outcome = outcome, TotalMinorUnits = agenda.TotalOf(outcome) };
    }

    private static int PlaceOf(Agenda agenda, IssueKind kind)
    {
        for (var i = 0; i < agenda.Issues.Count; i++)
        {
            if (agenda.Issues[i].Kind == kind)
            {
                return i;
            }
        }

        return -1;
    }
}
