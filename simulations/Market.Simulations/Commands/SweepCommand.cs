using System.CommandLine;
using System.Globalization;
using Market.Silo.Commands;
using Market.Simulations.Running;

namespace Market.Simulations.Commands;

/// <summary>`sweep`: a tournament for each value of one parameter.</summary>
internal static class SweepCommand
{
    /// <summary>Most values of a sweep.</summary>
    public const int ValuesMax = 10_000;

    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var parameter = new Option<string?>("--parameter")
        {
            Description = "What varies: rounds; exponent, which replaces {} in strategies' names (Poly{}); "
                + "reservation or reservation:PARTY; discount or discount:PARTY.",
        };
        var values = new Option<string?>("--values")
        {
            Description = "Its values: 10,50,100 or a range first..last or first..last/step.",
        };
        var options = new TournamentOptions();
        var command = new Command("sweep", """
            Runs a tournament for each value of one parameter. The results are those of a tournament, with the value of
            each negotiation in the column value.
            """) { parameter, values };
        options.AddTo(command);
        CommandExamples.Add(command, """
            Examples:
              sweep --parameter rounds --values 10,20,50,100 --strategies Boulware,MiCRO --scenarios laptop --out rounds
              sweep --parameter exponent --values 0.5..5/0.5 --strategies Poly{},Conceder --scenarios car --out curves
              sweep --parameter reservation:seller --values 0..0.9/0.1 --strategies Linear --scenarios laptop --out rv
            """);
        command.SetAction((result, cancellation) => Task.FromResult(CommandFailures.Guard(() => options.Run(
            result,
            options.IsResume(result) ? null : SweepOf(result.GetValue(parameter), result.GetValue(values)),
            result.GetValue(json),
            cancellation))));
        return command;
    }

    private static SweepSettings SweepOf(string? parameter, string? values) => parameter is null || values is null
        ? throw new RunRefusedException(
            "A sweep needs --parameter and --values: --parameter rounds --values 10,50,100.")
        : new SweepSettings(parameter, ValuesOf(values));

    /// <summary>
    /// The values that a text stands for. Those of a range are exact decimals, as they would be typed.
    /// </summary>
    /// <exception cref="RunRefusedException">It is no list of numbers and no range.</exception>
    public static IReadOnlyList<double> ValuesOf(string text)
    {
        var values = new List<double>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var (range, step) = part.Split('/') is [var before, var behind] ? (before, Number(behind)) : (part, 1m);
            var (first, last) = range.Split("..") is [var from, var to]
                ? (Number(from), Number(to))
                : (Number(range), Number(range));
            if (step is null or <= 0 || first is null || last is null || last < first
                || (last - first) / step > ValuesMax - 1 - values.Count)
            {
                throw new RunRefusedException(
                    $"'{part}' is no value and no range: 10,50,100 or 0.5..5/0.5, at most {ValuesMax} values in all.");
            }

            for (var value = first.Value; value <= last; value += step.Value)
            {
                values.Add((double)value + 0.0); // a decimal can be −0, which would be written as -0
            }
        }

        return values;
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 1e15m
            ? number
            : null;
}
