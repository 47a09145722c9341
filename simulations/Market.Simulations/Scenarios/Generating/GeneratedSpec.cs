using System.Globalization;

namespace Market.Simulations.Scenarios.Generating;

/// <summary>
/// Settings of generated scenarios as one text:
/// <c>generated:outcomes=1000,issues=3,opposition=0.5,reservation=0.8,seed=7</c>; each part may be missing.
/// <c>count=10</c> makes ten, with seeds that follow each other.
/// </summary>
internal static class GeneratedSpec
{
    /// <summary>What such a text begins with.</summary>
    public const string Prefix = "generated:";

    private const int CountMax = 10_000;

    /// <summary>The settings of a text.</summary>
    /// <exception cref="ScenarioFileException">A part is unknown or no number.</exception>
    public static IReadOnlyList<GeneratorSettings> Parse(string text)
    {
        var settings = new GeneratorSettings();
        var count = 1;
        foreach (var part in text[Prefix.Length..].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=') is [var left, var right]
                ? (left.Trim(), right.Trim())
                : throw Wrong(text, $"'{part}' must be a name and a number, such as issues=3.");
            switch (name)
            {
                case "outcomes":
                    settings = settings with { Outcomes = Integer(value) };
                    break;
                case "issues":
                    settings = settings with { Issues = Integer(value) };
                    break;
                case "opposition":
                    settings = settings with { Opposition = Number(value) };
                    break;
                case "reservation":
                    settings = settings with { Rational = Number(value) };
                    break;
                case "seed":
                    settings = settings with
                    {
                        Seed = ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
                            ? seed
                            : throw Wrong(text, $"the seed is '{value}'; it must be a whole number from 0."),
                    };
                    break;
                case "count":
                    count = Integer(value) is >= 1 and <= CountMax and var many
                        ? many
                        : throw Wrong(text, $"count is '{value}'; it must be from 1 to {CountMax}.");
                    break;
                default:
                    throw Wrong(
                        text,
                        $"there is no '{name}'; there are: outcomes, issues, opposition, reservation, seed, count.");
            }
        }

        return [.. Enumerable.Range(0, count).Select(
            i => settings with { Seed = unchecked(settings.Seed + (ulong)i) })];

        int Integer(string value) =>
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Wrong(text, $"'{value}' must be a whole number.");

        double Number(string value) =>
            double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw Wrong(text, $"'{value}' must be a number such as 0.5.");
    }

    private static ScenarioFileException Wrong(string text, string problem) => new(new Place(text), problem);
}
