namespace Market.Simulations.Reporting.Drawing;

/// <summary>Names beside and below drawings.</summary>
internal static class Labels
{
    private const int CharactersMax = 36;
    private const double CharacterWidth = 7.9;

    /// <summary>A name that fits; where it is cut, it ends in an ellipsis.</summary>
    public static string Short(string name) =>
        name.Length <= CharactersMax ? name : string.Concat(name.AsSpan(0, CharactersMax - 1), "…");

    /// <summary>The room that the longest of some names needs beside a drawing, in pixels.</summary>
    public static double Room(IEnumerable<string> names) =>
        20 + (CharacterWidth * names.Select(static name => Short(name).Length).DefaultIfEmpty().Max());
}
