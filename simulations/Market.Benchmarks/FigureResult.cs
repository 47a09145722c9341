using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Market.Benchmarks;

/// <summary>One measured figure; with <c>--json</c> one such object a line.</summary>
/// <param name="Figure">Its name.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Unit">Unit of <paramref name="Value"/> and <paramref name="Raw"/>.</param>
/// <param name="Raw">The raw limit or peer, measured in the same run; null where there is none.</param>
/// <param name="Ratio">Value ÷ raw; null where there is no raw limit.</param>
/// <param name="Reach">What it should reach: in words, such as "≥ 0.60 of raw".</param>
/// <param name="Reached">Whether it does; null where nothing is asked.</param>
/// <param name="Seconds">How long the measurement took.</param>
public sealed record FigureResult(
    [property: JsonPropertyName("figure")] string Figure,
    [property: JsonPropertyName("value")] double Value,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("raw")] double? Raw,
    [property: JsonPropertyName("ratio")] double? Ratio,
    [property: JsonPropertyName("reach")] string? Reach,
    [property: JsonPropertyName("reached")] bool? Reached,
    [property: JsonPropertyName("seconds")] double Seconds)
{
    /// <summary>How it is printed: for terminals and files, never inside a page, so "≥" stays readable.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A figure that must be at least (or, with <paramref name="atMost"/>, at most) a bound.</summary>
    public static FigureResult Absolute(
        string figure, double value, string unit, double? bound, double seconds, bool atMost = false) =>
        new(figure, value, unit, null, null,
            bound is { } b ? $"{(atMost ? "≤" : "≥")} {Format(b)} {unit}" : null,
            bound is { } c ? (atMost ? value <= c : value >= c) : null,
            seconds);

    /// <summary>A figure that must be at least a share of a raw limit measured in the same run.</summary>
    public static FigureResult Relative(
        string figure, double value, string unit, double raw, double? share, double seconds) =>
        new(figure, value, unit, raw, value / raw,
            share is { } s ? $"≥ {s:P0} of raw" : null,
            share is { } t ? value / raw >= t : null,
            seconds);

    /// <summary>A number with the digits that it deserves.</summary>
    public static string Format(double value) =>
        value.ToString(
            Math.Abs(value) switch { >= 100 => "N0", >= 10 => "N1", _ => "N3" }, CultureInfo.InvariantCulture);
}
