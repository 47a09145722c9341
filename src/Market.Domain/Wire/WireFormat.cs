using Market.Domain.Wire.Formatters;

namespace Market.Domain.Wire;

/// <summary>
/// The one binary form of every C# record of the market, in MessagePack. No type has code of its own: the form follows
/// from the record's primary constructor.
/// <list type="bullet">
/// <item>A record is the array of its constructor parameters, in order. A new parameter is appended with a default
/// value:
/// an element that an older writer did not write takes it, and elements that a newer writer appended are
/// skipped.</item>
/// <item>A struct with one parameter is that parameter's value itself: ids, times, currencies, outcomes.</item>
/// <item>Integers and enumerations are integers, checked against the range and the members of their type; of flags, any
/// union of members. TimeSpan is ticks of 100 ns. Double is a float of 64 bits.</item>
/// <item>String is a text. Guid is binary of 16 bytes, big-endian; Hash256 of 32; lists of bytes are binary.</item>
/// <item>Other lists are arrays. Their elements are never nil, except of a Nullable struct.</item>
/// <item>Nil stands for null, only where a parameter's annotation allows null.</item>
/// <item>Where the declared type is an abstract record, an interface or object, the value is
/// <c>[type number, payload]</c>, the number from <see cref="WireCatalog"/>.</item>
/// </list>
/// Numbers and lengths have their shortest form, and other forms are refused, so one value has one form. Whatever
/// cannot
/// be read back is not written either.
/// </summary>
public static class WireFormat
{
    /// <summary>The wire form of a value, in a new array.</summary>
    /// <exception cref="ArgumentException">The value could not be read back: null or an undefined enumeration member
    /// where
    /// none may be, half of a surrogate pair, nesting deeper than <see cref="MarketLimits.WireDepthMax"/>.</exception>
    /// <exception cref="NotSupportedException">The type has no wire form.</exception>
    public static byte[] Encode<T>(T value)
    {
        using var writer = MessagePackWriter.Rent();
        Write(writer, value);
        return writer.ToArray();
    }

    /// <summary>Appends the wire form of a value.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Encode"/>.</exception>
    /// <exception cref="NotSupportedException">The type has no wire form.</exception>
    public static void Write<T>(MessagePackWriter writer, T value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        WireFormatterOf<T>.Instance.Write(writer, value);
    }

    /// <summary>The value whose wire form these bytes are, all of them.</summary>
    /// <exception cref="WireFormatException">The bytes are no wire form of such a value; nothing else escapes, whatever
    /// they are.</exception>
    /// <exception cref="NotSupportedException">The type has no wire form.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var value = Read<T>(ref reader);
        reader.RequireEnd();
        return value;
    }

    /// <summary>Reads a value from where the reader stands.</summary>
    /// <exception cref="WireFormatException">No wire form of such a value stands there.</exception>
    /// <exception cref="NotSupportedException">The type has no wire form.</exception>
    public static T Read<T>(ref MessagePackReader reader)
    {
        try
        {
            return WireFormatterOf<T>.Instance.Read(ref reader);
        }
        catch (Exception refusal) when (IsRefusal(refusal))
        {
            throw Refused(in reader, refusal);
        }
    }

    /// <summary>
    /// Whether an exception is how a record's constructor says that its arguments make no such record.
    /// </summary>
    internal static bool IsRefusal(Exception exception) =>
        exception is ArgumentException or OverflowException or FormatException;

    /// <summary>A constructor's refusal as a defect of the input.</summary>
    internal static WireFormatException Refused(in MessagePackReader reader, Exception refusal) =>
        new(WireFormatReason.RefusedByConstructor, reader.Position, refusal.Message, refusal);
}
