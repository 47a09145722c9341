using System.Runtime.CompilerServices;

namespace Market.Simulations.Results;

/// <summary>
/// Text fields that have occurred as bytes, each with a comma before it: names are the same objects in every row, so
/// most are found by reference. Each has one place, which the next one of that place takes. For one thread at a time.
/// </summary>
internal sealed class FieldTexts
{
    private const int Places = 1024;
    private readonly (string Text, byte[] Bytes)[] _places = new (string, byte[])[Places];
    private readonly Utf8Buffer _scratch = new();

    /// <summary>The bytes of a field, with a comma before them.</summary>
    public byte[] Next(string text)
    {
        ref var place = ref _places[RuntimeHelpers.GetHashCode(text) & (Places - 1)];
        if (!ReferenceEquals(place.Text, text))
        {
            _scratch.Clear();
            _scratch.AppendNext(text);
            place = (text, _scratch.Written.ToArray());
        }

        return place.Bytes;
    }
}
