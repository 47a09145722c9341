using System.Globalization;
using System.Text;
using System.Text.Json;
using Market.Domain;
using Market.Domain.Approvals;
using Market.Domain.Negotiating;

namespace Market.Silo.Commands.Approvals;

/// <summary>
/// An approval for people and for programs. Titles and names are others' texts: quoted, and without control characters.
/// </summary>
internal static class ApprovalText
{
    /// <summary>In one line.</summary>
    public static string Line(ApprovalRecord approval)
    {
        var matter = approval.Matter;
        return $"{approval.Id}  {approval.Status,-8} {matter.Total,14}  {Does(matter)} "
            + $"{Quote(approval.Names.Listing)} {With(matter)} {Quote(approval.Names.Counterparty)}; {End(approval)}";
    }

    /// <summary>With everything that would be signed for.</summary>
    public static string Long(ApprovalRecord approval)
    {
        var (matter, names) = (approval.Matter, approval.Names);
        var text = new StringBuilder();
        void Add(string name, string value) => text.Append(
            CultureInfo.InvariantCulture, $"  {name,-16} {value}\n");

        text.Append(CultureInfo.InvariantCulture, $"{approval.Id}: {approval.Status}, {End(approval)}\n");
        Add("agent", $"{matter.Agent}, who {Does(matter)}");
        Add("listing", $"{Quote(names.Listing)} ({matter.Subject.Listing}, version {matter.Subject.ListingVersion})");
        for (var i = 0; i < matter.Subject.Order.Count; i++)
        {
            var line = i < names.Lines.Count ? names.Lines[i] : string.Empty;
            Add("order", $"{matter.Subject.Order[i].Quantity} × {Quote(line)}");
        }

        foreach (var (name, value) in Outcome(matter))
        {
            Add(name, value);
        }

        Add("total", matter.Total.ToString());
        Add(
            "counterparty",
            $"{Quote(names.Counterparty)} of {Quote(names.CounterpartyPrincipal)} "
            + $"({matter.Counterparty} of {matter.CounterpartyPrincipal})");
        Add("negotiation", matter.Negotiation.ToString());
        if (matter.StandsUntil is { } until)
        {
            Add("the offer ends", until.ToString());
        }

        Add("mandate", matter.Mandate.ToString());
        Add("terms' hash", matter.TermsHash.ToString());
        return text.ToString().TrimEnd();
    }

    /// <summary>As one JSON object.</summary>
    public static string Json(ApprovalRecord approval)
    {
        var (matter, names) = (approval.Matter, approval.Names);
        return JsonSerializer.Serialize(new
        {
            id = approval.Id.ToString(),
            status = approval.Status.ToString(),
            askedAt = approval.AskedAt.ToString(),
            endsAt = approval.EndsAt.ToString(),
            agent = matter.Agent.Value,
            side = matter.Side.ToString(),
            listing = names.Listing,
            listingId = matter.Subject.Listing.ToString(),
            listingVersion = matter.Subject.ListingVersion,
            order = matter.Subject.Order
                .Select((line, i) => new { line.Quantity, name = i < names.Lines.Count ? names.Lines[i] : "" })
                .ToArray(),
            outcome = Outcome(matter).ToDictionary(static one => one.Name, static one => one.Value),
            total = matter.Total.ToString(),
            totalMinorUnits = matter.Terms.TotalMinorUnits,
            counterparty = names.Counterparty,
            counterpartyPrincipal = names.CounterpartyPrincipal,
            negotiation = matter.Negotiation.ToString(),
            offer = matter.OfferNumber,
            standsUntil = matter.StandsUntil?.ToString(),
            mandate = matter.Mandate.ToString(),
            termsHash = matter.TermsHash.ToString(),
        });
    }

    private static IEnumerable<(string Name, string Value)> Outcome(ApprovalMatter matter)
    {
        var agenda = matter.Subject.Agenda;
        var text = 0;
        for (var i = 0; i < agenda.Issues.Count && i < matter.Terms.Outcome.Values.Count; i++)
        {
            var (issue, value) = (agenda.Issues[i], matter.Terms.Outcome[i]);
            yield return (issue.Name, issue.Kind switch
            {
                IssueKind.UnitPrice or IssueKind.TotalPrice or IssueKind.Money => new Money(value, agenda.Currency).ToString(),
                IssueKind.Choice when value >= 0 && value < issue.Choices.Count => Quote(issue.Choices[(int)value]),
                IssueKind.Date => DateTime.UnixEpoch.AddDays(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                IssueKind.Boolean => value == 0 ? "no" : "yes",
                IssueKind.Text when text < matter.Terms.Labels.Count => Quote(matter.Terms.Labels[text++]),
                _ => value.ToString(CultureInfo.InvariantCulture),
            });
        }
    }

    private static string Does(ApprovalMatter matter) => (matter.Side, matter.OfferNumber) switch
    {
        (Party.Buyer, null) => "offers to buy",
        (Party.Buyer, _) => "wants to buy",
        (_, null) => "offers to sell",
        _ => "wants to sell",
    };

    private static string With(ApprovalMatter matter) => matter.Side == Party.Buyer ? "from" : "to";

    private static string End(ApprovalRecord approval) => approval.Status switch
    {
        ApprovalStatus.Pending => $"answer by {approval.EndsAt}",
        ApprovalStatus.Granted => $"valid until {approval.EndsAt}",
        _ => $"ended {approval.EndsAt}",
    };

    private static string Quote(string text) =>
        $"\"{new string([.. text.Select(static c => char.IsControl(c) || c == '"' ? ' ' : c)])}\"";
}
