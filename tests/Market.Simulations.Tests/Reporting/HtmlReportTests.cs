using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Market.Simulations.Reporting;
using Market.Simulations.Tests.Running;
using Market.Simulations.Tests.Statistics;

namespace Market.Simulations.Tests.Reporting;

/// <summary>The page of a real tournament, and pages of rows made up.</summary>
public sealed class HtmlReportTests : IDisposable
{
    private readonly Tournaments _runs = new();

    public HtmlReportTests() => _runs.Run(Tournaments.Settings, "run");

    [Fact]
    public void The_page_of_a_tournament_is_well_formed_and_has_all_sections()
    {
        var main = MainOf(PageOfTournament());

        Assert.Equal(
            ["summary", "ranking", "pairs", "comparisons", "game", "scenarios", "time", "behaviour", "trouble",
                "method", "reproduction"],
            main.Elements("section").Select(static section => section.Attribute("id")!.Value));
        Assert.All(main.Descendants("svg"), static svg =>
        {
            Assert.NotEmpty(svg.Element("title")!.Value);
            Assert.NotEmpty(svg.Element("desc")!.Value);
        });

        // Ranking, pairs, two scenarios of two parties, two curves, three distributions (one in money), classes.
        Assert.Equal(10, main.Descendants("svg").Count());
    }

    [Fact]
    public void The_page_loads_nothing_and_runs_only_its_own_script()
    {
        var html = PageOfTournament();
        var script = html.Split("<script>")[1].Split("</script>")[0];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

        Assert.Contains($"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{hash}'", html,
            StringComparison.Ordinal);
        Assert.All(
            ["http:", "https:", "src=", "url(", "@import", "<link", "<img"],
            load => Assert.DoesNotContain(load, html, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_folder_gives_the_same_page() => Assert.Equal(PageOfTournament(), PageOfTournament());

    [Fact]
    public void Names_are_data()
    {
        const string hostile = "</td><script>alert('x')</script>&amp;\"\u0000";
        var rows = SomeRows.Tournament(3, [hostile, "b"], static (s, i, j) => 0.1 * (s + i + j));

        var html = HtmlReport.Write(SomeReports.Source(rows));

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains(
            MainOf(html).Descendants("th"), th => th.Value == "</td><script>alert('x')</script>&amp;\"\uFFFD");
    }

    [Fact]
    public void A_run_without_negotiations_has_a_page()
    {
        var main = MainOf(HtmlReport.Write(SomeReports.Source([])));

        Assert.Contains(main.Descendants("p"), static p => p.Value == "No strategy has met another one.");
    }

    [Fact]
    public void Failures_anomalies_and_utilities_without_end_are_told()
    {
        var html = MainOf(HtmlReport.Write(SomeReports.Source(
        [
            SomeRows.Row(0, "s", ("a", double.NegativeInfinity), ("b", 0.2), "failed", failure: "a: threw Boom"),
            SomeRows.Row(1, "s", ("a", 0.4), ("b", 0.2), anomalies: "over-budget|deadlock"),
        ]))).Value;

        Assert.Contains("a: threw Boom", html, StringComparison.Ordinal);
        Assert.Contains("over-budget", html, StringComparison.Ordinal);
        Assert.Contains("1 results do not define the ranking's measure", html, StringComparison.Ordinal);
    }

    public void Dispose() => _runs.Dispose();

    private string PageOfTournament() =>
        HtmlReport.Write(ReportSource.Of(_runs.Read("run"), SomeReports.Options));

    private static XElement MainOf(string html)
    {
        var from = html.IndexOf("<main>", StringComparison.Ordinal);
        var to = html.IndexOf("</main>", StringComparison.Ordinal) + "</main>".Length;
        return XElement.Parse(html[from..to]);
    }
}
