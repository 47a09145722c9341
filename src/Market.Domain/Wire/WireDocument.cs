using System.Diagnostics.CodeAnalysis;

namespace Market.Domain.Wire;

/// <summary>Documents that somebody signed and that came as bytes: read here, and kept as they came.</summary>
internal static class WireDocument
{
    /// <summary>The document that these bytes are, all of them; false where they are none in its one form.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out T? document)
        where T : class
    {
        try
        {
            document = WireFormat.Decode<T>(bytes);
            return true;
        }
        catch (WireFormatException)
        {
            document = null;
            return false;
        }
    }
}
