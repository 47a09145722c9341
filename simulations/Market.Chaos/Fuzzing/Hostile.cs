namespace Market.Chaos.Fuzzing;

/// <summary>What encodings are spoilt with.</summary>
internal static class Hostile
{
    /// <summary>Headers that promise more than follows.</summary>
    public static readonly byte[][] GiantHeaders =
    [
        .. new[]
        {
            "DDFFFFFFFF", "DD7FFFFFFF", "DD00010000", "DCFFFF", "C6FFFFFFFF", "C67FFFFFFF", "C680000000", "C5FFFF",
            "DBFFFFFFFF", "DB7FFFFFFF", "DAFFFF", "D9FF", "DFFFFFFFFF", "DF80000000", "DEFFFF", "C9FFFFFFFF00", "9F",
            "8F", "BF",
        }.Select(Convert.FromHexString),
    ];

    /// <summary>A small value of each kind, also of those that no record holds.</summary>
    public static readonly byte[][] OtherKinds =
    [
        .. new[]
        {
            "C0", "C1", "C2", "C3", "00", "FF", "CD0100", "A161", "C40100", "90", "91C0", "80", "81C0C0", "CA3F800000",
            "CB3FF0000000000000", "CB7FF8000000000001", "D40100", "C7010100",
        }.Select(Convert.FromHexString),
    ];

    /// <summary>Bytes that no UTF-8 has: overlong, surrogates, above the last character, cut.</summary>
    public static readonly byte[][] BrokenTexts =
    [
        .. new[] { "C080", "EDA080", "F4908080", "80", "C3", "E282", "FF", "F8888080", "61EDBFBF" }
            .Select(Convert.FromHexString),
    ];

    /// <summary>Numbers at the edges of encodings and of types.</summary>
    public static readonly long[] Edges =
    [
        0, 1, -1, 2, -32, -33, 127, 128, -128, -129, 255, 256, 32767, 32768, -32768, -32769, 65535, 65536,
        int.MaxValue, int.MinValue, uint.MaxValue, 4294967296, int.MinValue - 1L, long.MaxValue, long.MinValue,
    ];
}
