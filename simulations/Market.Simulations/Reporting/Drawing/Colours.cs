using System.Globalization;

namespace Market.Simulations.Reporting.Drawing;

/// <summary>
/// Shades for numbers from low to high: dark blue over grey to yellow, which all kinds of colour vision order alike
/// (after Nuñez, Anderton and Renslow, "Optimizing colormaps with consideration for color vision deficiency", 2018).
/// </summary>
internal static class Colours
{
    private static readonly (int Red, int Green, int Blue)[] Stops =
    [
        (0, 34, 78), (35, 62, 108), (87, 93, 109), (124, 123, 120), (165, 156, 116), (212, 190, 97), (254, 232, 56),
    ];

    /// <summary>The shade of a share from 0 to 1, as #rrggbb.</summary>
    public static string Of(double share)
    {
        var (red, green, blue) = At(share);
        return string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}");
    }

    /// <summary>The class of text that can be read on the shade: dark on light, light on dark.</summary>
    public static string TextOn(double share)
    {
        var (red, green, blue) = At(share);
        return (0.299 * red) + (0.587 * green) + (0.114 * blue) > 128 ? "onlight" : "ondark";
    }

    private static (int Red, int Green, int Blue) At(double share)
    {
        var place = Math.Clamp(share, 0, 1) * (Stops.Length - 1);
        var below = Math.Min((int)place, Stops.Length - 2);
        var (from, to) = (Stops[below], Stops[below + 1]);
        int Mix(int one, int other) => (int)Math.Round(one + ((place - below) * (other - one)));
        return (Mix(from.Red, to.Red), Mix(from.Green, to.Green), Mix(from.Blue, to.Blue));
    }
}
