using Market.Domain.Negotiating;

namespace Market.Silo.Commands.Demo.House;

/// <summary>A deal of the house's market beside what only its two sides knew.</summary>
/// <param name="Buyer">Who bought.</param>
/// <param name="Seller">Who sold.</param>
/// <param name="Category">What.</param>
/// <param name="Rounds">Rounds begun until then.</param>
/// <param name="Outcome">The agreed value of every issue.</param>
/// <param name="FloorCents">The price at which these terms would have left the seller nothing.</param>
/// <param name="LimitCents">The price at which these terms would have left the buyer nothing.</param>
/// <param name="PaidCents">What was paid.</param>
internal sealed record HouseDeal(
    string Buyer,
    string Seller,
    HouseCategory Category,
    int Rounds,
    Outcome Outcome,
    long FloorCents,
    long LimitCents,
    long PaidCents) : IDemoDeal
{
    /// <summary>The terms beside the price, for example "3 days, 24 months, red".</summary>
    public string TermsText => string.Join(", ", Enumerable.Range(0, Outcome.Values.Count)
        .Where(static place => place != HouseCategory.PriceIssue)
        .Select(place => TextOf(Category.Agenda.Issues[place], Outcome[place])));

    private static string TextOf(Issue issue, long value)
    {
        if (issue.Kind == IssueKind.Choice)
        {
            return issue.Choices[(int)value];
        }

        // "delivery days" counts days.
        var unit = issue.Name[(issue.Name.LastIndexOf(' ') + 1)..];
        return $"{value} {(value == 1 ? unit.TrimEnd('s') : unit)}";
    }
}
