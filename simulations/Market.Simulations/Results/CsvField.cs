using System.Buffers;

namespace Market.Simulations.Results;

/// <summary>
/// Fields of comma-separated values after RFC 4180: a text is quoted where it has a comma, a quote or a line's end. A
/// line's end inside a text becomes a space, so that a row is always one line, also for tools that read line by line.
/// </summary>
internal static class CsvField
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>Appends a text field.</summary>
    public static void AppendField(this Utf8Buffer buffer, string text)
    {
        if (!text.AsSpan().ContainsAny(Special))
        {
            buffer.Append(text);
            return;
        }

        var line = text.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ');
        buffer.Append('"');
        buffer.Append(line.Replace("\"", "\"\"", StringComparison.Ordinal));
        buffer.Append('"');
    }

    /// <summary>Appends a comma and a number; an empty field for null.</summary>
    public static void AppendNext(this Utf8Buffer buffer, double? number)
    {
        buffer.Append(',');
        if (number is { } value)
        {
            buffer.Append(value);
        }
    }

    /// <summary>Appends a comma and a text field.</summary>
    public static void AppendNext(this Utf8Buffer buffer, string text)
    {
        buffer.Append(',');
        buffer.AppendField(text);
    }

    /// <summary>Appends a comma and a whole number.</summary>
    public static void AppendNext(this Utf8Buffer buffer, int number)
    {
        var room = buffer.Reserve(1 + SmallNumbers.BytesMax);
        room[0] = (byte)',';
        buffer.Fill(SmallNumbers.Write(number, room[1..])); // with a comma before it, not behind
    }

    /// <summary>Appends a comma and a whole number.</summary>
    public static void AppendNext(this Utf8Buffer buffer, long number)
    {
        buffer.Append(',');
        buffer.Append(number);
    }
}
