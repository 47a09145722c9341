using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Market.Testing;

/// <summary>
/// The text of a broken invariant, which is put together only where it is broken: checks run after every step.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct BrokenText
{
    private readonly StringBuilder? _text;

    public BrokenText(int literalLength, int formattedCount, bool holds, out bool isNeeded)
    {
        isNeeded = !holds;
        _text = holds ? null : new StringBuilder(literalLength + (8 * formattedCount));
    }

    public void AppendLiteral(string text) => _text!.Append(text);

    public void AppendFormatted<T>(T value) => _text!.Append(CultureInfo.InvariantCulture, $"{value}");

    public override string ToString() => _text?.ToString() ?? "";
}
