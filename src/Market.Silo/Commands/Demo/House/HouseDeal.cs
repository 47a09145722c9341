using Market.Domain;
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
    /// <summary>The terms beside the price, for example "3 delivery days, 24 warranty months, finish red".</summary>
    public string TermsText => string.Join(", ", Category.Agenda.Issues
        .Select((issue, place) => (issue, place))
        .Where(static one => one.place != HouseCategory.PriceIssue)
        .Select(one => one.issue.Kind == IssueKind.Choice
            ? $"{one.issue.Name} {one.issue.Choices[(int)Outcome[one.place]]}"
            : $"{Outcome[one.place]} {one.issue.Name}"));
}
