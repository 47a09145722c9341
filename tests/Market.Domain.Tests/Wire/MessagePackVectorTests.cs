using Market.Domain.Wire;

namespace Market.Domain.Tests.Wire;

/// <summary>The encodings of the MessagePack specification, each at both ends of its range.</summary>
public sealed class MessagePackVectorTests
{
    [Theory]
    [InlineData(0L, "00")]
    [InlineData(127L, "7F")]
    [InlineData(128L, "CC80")]
    [InlineData(255L, "CCFF")]
    [InlineData(256L, "CD0100")]
    [InlineData(65_535L, "CDFFFF")]
    [InlineData(65_536L, "CE00010000")]
    [InlineData(4_294_967_295L, "CEFFFFFFFF")]
    [InlineData(4_294_967_296L, "CF0000000100000000")]
    [InlineData(long.MaxValue, "CF7FFFFFFFFFFFFFFF")]
    [InlineData(-1L, "FF")]
    [InlineData(-32L, "E0")]
    [InlineData(-33L, "D0DF")]
    [InlineData(-128L, "D080")]
    [InlineData(-129L, "D1FF7F")]
    [InlineData(-32_768L, "D18000")]
    [InlineData(-32_769L, "D2FFFF7FFF")]
    [InlineData(-2_147_483_648L, "D280000000")]
    [InlineData(-2_147_483_649L, "D3FFFFFFFF7FFFFFFF")]
    [InlineData(long.MinValue, "D38000000000000000")]
    public void An_integer_has_its_shortest_form(long value, string bytes) => Both(value, bytes);

    [Theory]
    [InlineData(ulong.MaxValue, "CFFFFFFFFFFFFFFFFF")]
    [InlineData(9_223_372_036_854_775_808UL, "CF8000000000000000")]
    [InlineData(5UL, "05")]
    public void An_integer_without_sign_reaches_64_bits(ulong value, string bytes) => Both(value, bytes);

    [Fact]
    public void Booleans_and_floats_have_the_specified_codes()
    {
        Both(true, "C3");
        Both(false, "C2");
        Both(1.0, "CB3FF0000000000000");
        Both(-0.0, "CB8000000000000000");
        Both(double.PositiveInfinity, "CB7FF0000000000000");
        Assert.Equal("C0", Convert.ToHexString(WireFormat.Encode<long?>(null)));
        Assert.Null(WireFormat.Decode<long?>([0xC0]));
    }

    [Theory]
    [InlineData(0, "A0")]
    [InlineData(31, "BF")]
    [InlineData(32, "D920")]
    [InlineData(255, "D9FF")]
    [InlineData(256, "DA0100")]
    [InlineData(65_535, "DAFFFF")]
    [InlineData(65_536, "DB00010000")]
    public void A_text_is_headed_by_its_length_in_bytes(int length, string header)
    {
        Both(new string('x', length), header + Repeat("78", length));

        // Two bytes a character: the header that the character count suggests is too small.
        if (length % 2 == 0)
            Both(new string('é', length / 2), header + Repeat("C3A9", length / 2));
    }

    [Theory]
    [InlineData(0, "C400")]
    [InlineData(255, "C4FF")]
    [InlineData(256, "C50100")]
    [InlineData(65_535, "C5FFFF")]
    [InlineData(65_536, "C600010000")]
    public void Binary_is_headed_by_its_length(int length, string header) =>
        Both(new byte[length], header + Repeat("00", length));

    [Theory]
    [InlineData(0, "90")]
    [InlineData(15, "9F")]
    [InlineData(16, "DC0010")]
    [InlineData(65_535, "DCFFFF")]
    [InlineData(65_536, "DD00010000")]
    public void An_array_is_headed_by_its_count(int count, string header) =>
        Both(new bool[count], header + Repeat("C2", count));

    [Theory]
    [InlineData("CC7F")]
    [InlineData("CD00FF")]
    [InlineData("CE0000FFFF")]
    [InlineData("CF00000000FFFFFFFF")]
    [InlineData("D000")]
    [InlineData("D07F")]
    [InlineData("D0E0")]
    [InlineData("D1FF80")]
    [InlineData("D2FFFF8000")]
    [InlineData("D3FFFFFFFF80000000")]
    [InlineData("D30000000000000001")]
    public void A_number_in_a_longer_form_is_refused(string bytes) =>
        Assert.Equal(WireFormatReason.NotShortest, Refused<long>(bytes).Reason);

    [Fact]
    public void A_length_in_a_longer_form_is_refused()
    {
        Assert.Equal(WireFormatReason.NotShortest, Refused<string>("D90178").Reason);
        Assert.Equal(WireFormatReason.NotShortest, Refused<string>("DA000178").Reason);
        Assert.Equal(WireFormatReason.NotShortest, Refused<string>("DB0000000178").Reason);
        Assert.Equal(WireFormatReason.NotShortest, Refused<byte[]>("C5000100").Reason);
        Assert.Equal(WireFormatReason.NotShortest, Refused<byte[]>("C60000000100").Reason);
        Assert.Equal(WireFormatReason.NotShortest, Refused<bool[]>("DC0001C2").Reason);
        Assert.Equal(WireFormatReason.NotShortest, Refused<bool[]>("DD00000001C2").Reason);
    }

    private static WireFormatException Refused<T>(string bytes) =>
        Assert.Throws<WireFormatException>(() => WireFormat.Decode<T>(Convert.FromHexString(bytes)));

    private static void Both<T>(T value, string bytes)
    {
        Assert.Equal(bytes, Convert.ToHexString(WireFormat.Encode(value)));
        Assert.Equal(value, WireFormat.Decode<T>(Convert.FromHexString(bytes)));
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
