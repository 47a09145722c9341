using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Grains.Journaling;

namespace Market.Grains.Watching;

/// <summary>
/// Looks at the journal's rows for the beginnings and ends of negotiations. Whoever follows the journal sees every row
/// of the market on its publishing thread, so it reads no further into one than it must.
/// </summary>
internal static class NegotiationRows
{
    private static readonly int Opened = WireCatalog.NumberOf(typeof(NegotiationOpened));

    private static readonly int[] Ends =
    [
        WireCatalog.NumberOf(typeof(OfferAccepted)),
        WireCatalog.NumberOf(typeof(NegotiationRejected)),
        WireCatalog.NumberOf(typeof(NegotiationLeft)),
        WireCatalog.NumberOf(typeof(NegotiationExpired)),
        WireCatalog.NumberOf(typeof(NegotiationCancelled)),
    ];

    /// <summary>The number of the event in a row.</summary>
    public static int NumberOf(JournalRow row)
    {
        var reader = new MessagePackReader(row.Body.Span);
        reader.BeginArray(required: 2);
        return (int)reader.ReadInt64();
    }

    /// <summary>Whether an event opens a negotiation that may be ended by the market.</summary>
    public static bool IsOpening(int number) => number == Opened;

    /// <summary>Whether an event ends a negotiation or brings it to an agreement.</summary>
    public static bool IsEnd(int number) => Ends.AsSpan().Contains(number);

    /// <summary>A reader before the first element of the row's event.</summary>
    /// <param name="row">The row.</param>
    /// <param name="required">Elements that will be read or skipped.</param>
    public static MessagePackReader Elements(JournalRow row, int required)
    {
        var reader = new MessagePackReader(row.Body.Span);
        reader.BeginArray(required: 2);
        reader.Skip();
        reader.BeginArray(required);
        return reader;
    }

    /// <summary>Skips elements.</summary>
    public static void Skip(ref MessagePackReader reader, int elements)
    {
        for (var i = 0; i < elements; i++)
        {
            reader.Skip();
        }
    }
}
