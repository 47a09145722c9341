using System.Xml.Linq;
using Market.Simulations.Reporting.Drawing;

namespace Market.Simulations.Tests.Reporting.Drawing;

public sealed class SvgUtilityPlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_plot_is_well_formed_and_says_in_words_what_it_shows()
    {
        var root = XDocument.Parse(SvgUtilityPlot.ToFile(Laptop())).Root!;

        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.Equal("Laptop", root.Element(Svg + "title")!.Value);
        Assert.Equal(
            "Utility of buyer to the right, of seller upwards; 3 outcomes, 2 on the Pareto frontier. " +
            "Nash at 0.500 and 0.500. Agreement at 0.500 and 0.500.",
            root.Element(Svg + "desc")!.Value);
    }

    [Fact]
    public void Names_are_shown_and_never_interpreted()
    {
        const string hostile = "</text><script>alert(1)</script>&\"'\u0001";
        var file = SvgUtilityPlot.ToFile(Laptop() with
        {
            FirstName = hostile,
            Title = hostile,
            Solutions = [new SolutionPoint(hostile, new UtilityPoint(0.5, 0.5))],
        });

        Assert.DoesNotContain("<script", file, StringComparison.Ordinal);
        Assert.Contains(
            XDocument.Parse(file).Descendants(Svg + "text"),
            text => text.Value == "</text><script>alert(1)</script>&\"'\uFFFD");
    }

    [Fact]
    public void The_best_outcome_of_each_is_at_the_ends_of_the_axes()
    {
        var agreed = XDocument.Parse(SvgUtilityPlot.ToFile(Laptop() with { Agreements = [new UtilityPoint(1, 0)] }))
            .Descendants(Svg + "path").First(path => path.Attribute("class")?.Value == "agreed");

        // The plot is 400 by 400 from (78, 40) on, and a disc's path begins its radius of 9 to the left.
        Assert.StartsWith("M469 440a9 9 ", agreed.Attribute("d")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_outcomes_make_a_small_file_and_the_same_one_each_time()
    {
        var plot = Laptop() with
        {
            Outcomes = Enumerable.Range(0, 1_000_000).Select(i => new UtilityPoint(i % 1_000 / 999.0, i / 1_000_000.0)),
        };

        var file = SvgUtilityPlot.ToFile(plot);

        Assert.InRange(file.Length, 10_000, 150_000);
        Assert.Equal(file, SvgUtilityPlot.ToFile(plot));
    }

    [Fact]
    public void Utilities_without_end_are_left_out()
    {
        var file = SvgUtilityPlot.ToFile(Laptop() with
        {
            Reservation = new UtilityPoint(double.NegativeInfinity, 0.25),
            Outcomes = [new UtilityPoint(double.NaN, 0), new UtilityPoint(0.25, double.NegativeInfinity)],
        });

        Assert.DoesNotContain("NaN", file, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", file, StringComparison.Ordinal);
        Assert.Single(
            XDocument.Parse(file).Descendants(Svg + "line"),
            line => line.Attribute("class")!.Value == "limit" && line.Attribute("x2")!.Value == "478");
    }

    private static UtilityPlot Laptop() => new("Laptop", "buyer", "seller")
    {
        Outcomes = [new UtilityPoint(0, 1), new UtilityPoint(0.5, 0.5), new UtilityPoint(0.2, 0.2)],
        Frontier = [new UtilityPoint(0, 1), new UtilityPoint(0.5, 0.5)],
        Solutions = [new SolutionPoint("Nash", new UtilityPoint(0.5, 0.5))],
        FirstOffers = [new UtilityPoint(0.5, 0.5)],
        SecondOffers = [new UtilityPoint(0, 1)],
        Agreements = [new UtilityPoint(0.5, 0.5)],
    };
}
