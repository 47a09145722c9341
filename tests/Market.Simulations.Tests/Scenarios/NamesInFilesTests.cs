using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Formats;

namespace Market.Simulations.Tests.Scenarios;

/// <summary>Whatever things are called, and whatever numbers are, every format gives them back.</summary>
public sealed class NamesInFilesTests
{
    private static readonly string[] Pieces =
    [
        "a", "B", "7", "0.50", " ", "-", ":", ": ", " #", "#", "'", "\"", "\\", "{", "}", "[", "]", ",", "&", "*", "!",
        "|", ">", "%", "@", "`", "~", "null", "yes", "no", "true", "<", "<b>", "&amp;", "é", "ß", "中", "🙂", "\u2028",
        "\u00A0",
        "=", "?", "- ", "...", "---", "Infinity", "NaN", "1e5", "/",
    ];

    [Theory]
    [InlineData("market")]
    [InlineData("genius")]
    [InlineData("geniusweb")]
    [InlineData("negmas")]
    [InlineData("negolog")]
    public void Names_of_every_kind_come_back(string format)
    {
        var draws = new SeededGenerator(7);
        for (var i = 0; i < 150; i++)
        {
            using var folder = new TestFolder();
            var scenario = Draw(draws);
            ScenarioFiles.Write(folder.Path, ScenarioFormats.Find(format)!.Write(scenario), isOverwriting: false);

            ScenarioComparison.AssertSameMeaning(scenario, ScenarioSource.LoadOne(folder.Path));
        }
    }

    [Theory]
    [InlineData("market")]
    [InlineData("negmas")]
    public void Numbers_of_every_size_come_back_to_the_last_bit(string format)
    {
        var draws = new SeededGenerator(11);
        for (var i = 0; i < 150; i++)
        {
            using var folder = new TestFolder();
            var agenda = new Agenda(Currency.Usd, [Issue.Choice("a", "x", "y", "z"), Issue.Range("b", -3, 4)]);
            var scenario = new Scenario("numbers", "", agenda, [ProfileOf("p"), ProfileOf("q")]);
            ScenarioFiles.Write(folder.Path, ScenarioFormats.Find(format)!.Write(scenario), isOverwriting: false);

            ScenarioComparison.AssertSameMeaning(scenario, ScenarioSource.LoadOne(folder.Path));

            Profile ProfileOf(string name) => new(name, new UtilityFunction(
                agenda,
                [ValueFunction.Table(Number(), Number(), Number()), ValueFunction.Linear(Number(), Number())],
                [Number(), Number()],
                draws.Next(4) == 0 ? double.NegativeInfinity : Number(),
                Number()));
        }

        // Any exponent from 2⁻²⁰⁰ to 2²⁰⁰, any sign, any fraction.
        double Number() => Math.ScaleB(draws.NextDouble() - 0.5, draws.Next(401) - 200);
    }

    private static Scenario Draw(SeededGenerator draws)
    {
        var names = Enumerable.Range(0, 8).Select(i => Name(draws) + i).ToArray();
        var agenda = new Agenda(
            Currency.Usd,
            [Issue.Choice(names[0], names[1], names[2], names[3]), Issue.Choice(names[4], names[5], names[6])]);
        return new Scenario(
            "names",
            Name(draws) + "\n" + Name(draws),
            agenda,
            [ProfileOf("1" + Name(draws)), ProfileOf("2" + Name(draws))]);

        Profile ProfileOf(string name) => new(name, new UtilityFunction(
            agenda, [ValueFunction.Table(1, 0.25, 0), ValueFunction.Table(0.5, 1)], [0.625, 0.375], 0));
    }

    private static string Name(SeededGenerator draws) =>
        string.Concat(Enumerable.Range(0, 1 + draws.Next(4)).Select(_ => Pieces[draws.Next(Pieces.Length)]));
}
