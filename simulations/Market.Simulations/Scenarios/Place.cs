using System.Globalization;

namespace Market.Simulations.Scenarios;

/// <summary>Where something stands.</summary>
/// <param name="File">The file or folder; or a name in angle brackets for what is in no file.</param>
/// <param name="Line">The line in it, from 1; null where no line is to blame.</param>
internal sealed record Place(string File, int? Line = null)
{
    /// <summary>"laptop.yaml, line 7" or "laptop.yaml".</summary>
    public override string ToString() =>
        Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"{File}, line {line}") : File;
}
