using Market.Simulations.Statistics;

namespace Market.Simulations.Reporting.Drawing;

/// <summary>Figures as text.</summary>
internal static class FigureText
{
    /// <summary>The value with its interval: "0.512 [0.430, 0.601]"; "–" where it is not defined.</summary>
    public static string Of(Estimate figure, int digits = 3) => figure switch
    {
        { Value: null } => "–",
        { Interval: { } interval } => $"{Markup.Number(figure.Value, digits)} {Of(interval, digits)}",
        _ => Markup.Number(figure.Value, digits),
    };

    /// <summary>An interval: "[0.430, 0.601]".</summary>
    public static string Of(Interval interval, int digits = 3) =>
        $"[{Markup.Number(interval.Low, digits)}, {Markup.Number(interval.High, digits)}]";

    /// <summary>A p-value: small ones are "&lt; 0.001".</summary>
    public static string P(double p) => p < 0.001 ? "< 0.001" : Markup.Number(p);

    /// <summary>A p-value in a sentence: "p &lt; 0.001", "p = 0.042".</summary>
    public static string PInSentence(double p) => p < 0.001 ? "p < 0.001" : $"p = {Markup.Number(p)}";
}
