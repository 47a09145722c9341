using Market.Domain;
using Market.Domain.Settling;

namespace Market.Testing;

/// <summary>
/// Ids for tests, made of small numbers, so that a script can be read: the same number is the same id.
/// </summary>
public static class TestIds
{
    /// <summary>When every script starts: a Friday in winter, a day before a month's end.</summary>
    public static LedgerTime Start { get; } = LedgerTime.FromUtc(new(2026, 1, 30, 9, 0, 0, TimeSpan.Zero));

    /// <summary>A principal; 0 is the market itself.</summary>
    public static PrincipalNumber Principal(int number) => new(number);

    /// <summary>An agent; 0 is nobody.</summary>
    public static AgentNumber Agent(int number) => new(number);

    /// <summary>The id of a command.</summary>
    public static LedgerCommandId Command(int number) => new(Hash(number));

    /// <summary>A deal.</summary>
    public static DealId Deal(int number) => new(Hash(number));

    /// <summary>The hash of some terms.</summary>
    public static Hash256 Hash(int number) => new(0x4D61726B65740000, 0, 0, (ulong)number);

    /// <summary>A listing.</summary>
    public static ListingId Listing(int number) => new(Guid(1, number));

    /// <summary>A request.</summary>
    public static RequestId Request(int number) => new(Guid(2, number));

    /// <summary>A mandate.</summary>
    public static MandateId Mandate(int number) => new(Guid(3, number));

    /// <summary>A negotiation.</summary>
    public static NegotiationId Negotiation(int number) => new(Guid(4, number));

    /// <summary>US dollars, in cents.</summary>
    public static Money Usd(long cents) => new(cents, Currency.Usd);

    /// <summary>The number of an id that was made here; −1 of any other.</summary>
    internal static int NumberOf(Hash256 hash) =>
        hash.D <= int.MaxValue && hash == Hash((int)hash.D) ? (int)hash.D : -1;

    /// <summary>The number of an id of a kind that was made here; −1 of any other.</summary>
    internal static int NumberOf(Guid id, short kind)
    {
        var number = BitConverter.ToInt32(id.ToByteArray());
        return number >= 0 && id == Guid(kind, number) ? number : -1;
    }

    private static Guid Guid(short kind, int number) => new(number, kind, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 0);
}
