using System.Runtime.CompilerServices;

namespace Market.Simulations.Results;

/// <summary>
/// Texts of doubles that have occurred, by their bits: utilities and shares repeat, and looking one up takes a fraction
/// of finding its shortest digits. Bounded; for one thread at a time.
/// </summary>
internal sealed class NumberTexts
{
    private const int TextsMax = 16_384; // about 1 MB

    private readonly Dictionary<long, byte[]> _texts = new(TextsMax);
    private readonly Utf8Buffer _scratch = new();

    /// <summary>The text of a number, with a comma before it; the comma alone for null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // compiled once: a short run cannot wait for tiers
    public ReadOnlySpan<byte> Next(double? number)
    {
        if (number is not { } value)
        {
            return ","u8;
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        if (_texts.TryGetValue(bits, out var text))
        {
            return text;
        }

        _scratch.Clear();
        _scratch.AppendNext(value);
        text = _scratch.Written.ToArray();
        if (_texts.Count >= TextsMax)
        {
            _texts.Clear();
        }

        _texts.Add(bits, text);
        return text;
    }
}
