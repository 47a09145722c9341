using System.Globalization;

namespace Market.Domain.Strategies;

/// <summary>
/// Acceptance conditions by name, as they follow a <c>+</c> in a strategy's name. Case does not matter.
/// </summary>
public static class AcceptanceCatalog
{
    internal const string Prefix = "AC-";

    /// <summary>All of them: the pattern of the name, and a sentence.</summary>
    public static ValueArray<StrategyInfo> Infos { get; } =
    [
        new("AC-next", "Accepts what is worth at least the own next offer."),
        new("AC-next(α,β)", "The same, with α·u(offer) + β in the place of the offer's utility."),
        new("AC-const(c)", "Accepts what is worth at least c."),
        new("AC-time(T)", "Accepts anything from relative time T on."),
        new("AC-combi", "AC-combi(0.99)."),
        new("AC-combi(T)", "AC-next; from relative time T on also the best of the last window as long as the rest."),
    ];

    internal static string UnknownCondition =>
        $"Acceptance conditions are {string.Join(", ", Infos.Select(info => info.Name))}.";

    internal static AcceptanceRecipe? FindOrNull(string name)
    {
        var (word, numbers) = Split(name);
        return (word.ToUpperInvariant(), numbers) switch
        {
            ("AC-NEXT", []) => new("AC-next", () => new AcceptNext()),
            ("AC-NEXT", [var alpha, var beta]) => new(
                FormattableString.Invariant($"AC-next({alpha},{beta})"), () => new AcceptNext(alpha, beta)),
            ("AC-CONST", [var constant]) => new(
                FormattableString.Invariant($"AC-const({constant})"), () => new AcceptConstant(constant)),
            ("AC-TIME", [>= 0 and <= 1 and var time]) => new(
                FormattableString.Invariant($"AC-time({time})"), () => new AcceptTime(time)),
            ("AC-COMBI", []) => new("AC-combi(0.99)", () => new AcceptCombined(), true),
            ("AC-COMBI", [>= 0 and <= 1 and var time]) => new(
                FormattableString.Invariant($"AC-combi({time})"), () => new AcceptCombined(time), true),
            _ => null,
        };
    }

    /// <summary>A name and the numbers in parentheses after it; null where they are no numbers.</summary>
    internal static (string Word, double[]? Numbers) Split(string name)
    {
        var open = name.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return (name, []);
        }

        if (!name.EndsWith(')'))
        {
            return (name, null);
        }

        var texts = name[(open + 1)..^1].Split(',');
        var numbers = new double[texts.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
            if (!double.TryParse(texts[i].Trim(), Style, CultureInfo.InvariantCulture, out numbers[i])
                || !double.IsFinite(numbers[i]))
            {
                return (name, null);
            }
        }

        return (name[..open], numbers);
    }
}
