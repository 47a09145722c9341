using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Domain.Tests.Wire;

public sealed class WireRefusalTests
{
    [Fact]
    public void Bytes_after_the_value_are_refused() => Refuses<long>("0100", WireFormatReason.TrailingBytes, offset: 1);

    [Fact]
    public void An_end_inside_a_value_is_refused()
    {
        Refuses<long>("", WireFormatReason.Truncated, 0);
        Refuses<long>("CD01", WireFormatReason.Truncated, 1);
        Refuses<string>("A3CEB1", WireFormatReason.Truncated, 1);
    }

    [Fact]
    public void A_length_beyond_the_input_is_refused_before_anything_is_allocated()
    {
        Refuses<string>("DBFFFFFFFF", WireFormatReason.Truncated, 5);
        Refuses<byte[]>("C6FFFFFFFF", WireFormatReason.Truncated, 5);
        Refuses<ValueArray<Hash256>>("DDFFFFFFFF", WireFormatReason.Truncated, 5);
        Refuses<Nothing>("91DFFFFFFFFF", WireFormatReason.Truncated, 6);
    }

    [Theory]
    [InlineData("A161")]
    [InlineData("C0")]
    [InlineData("C1")]
    [InlineData("C400")]
    [InlineData("80")]
    [InlineData("90")]
    [InlineData("CB0000000000000000")]
    [InlineData("D40000")]
    public void Another_kind_of_value_is_refused(string bytes) => Refuses<long>(bytes, WireFormatReason.WrongKind, 0);

    [Fact]
    public void The_text_says_what_was_due_and_what_was_found()
    {
        var refusal = Assert.Throws<WireFormatException>(() => WireFormat.Decode<Terms>([0x92, 0x90, 0xA0]));

        Assert.Equal("At byte 2: an integer is due, and a text stands here.", refusal.Message);
    }

    [Fact]
    public void A_number_outside_its_type_is_refused()
    {
        Refuses<byte>("CD0100", WireFormatReason.OutOfRange, 0);
        Refuses<uint>("FF", WireFormatReason.OutOfRange, 0);
        Refuses<ulong>("FF", WireFormatReason.OutOfRange, 0);
        Refuses<sbyte>("CC80", WireFormatReason.OutOfRange, 0);
        Refuses<int>("CE80000000", WireFormatReason.OutOfRange, 0);
        Refuses<long>("CF8000000000000000", WireFormatReason.OutOfRange, 0);
    }

    [Theory]
    [InlineData("A1FF")]
    [InlineData("A2C080")]
    [InlineData("A3EDA080")]
    [InlineData("A4F4908080")]
    [InlineData("A1C3")]
    public void A_text_that_is_not_UTF_8_is_refused(string bytes) =>
        Refuses<string>(bytes, WireFormatReason.InvalidText, 0);

    [Fact]
    public void An_id_of_another_length_is_refused()
    {
        Refuses<NegotiationId>("C40F" + new string('0', 30), WireFormatReason.WrongLength, 0);
        Refuses<DealId>("C400", WireFormatReason.WrongLength, 0);
    }

    [Fact]
    public void Nil_is_refused_where_the_annotation_allows_no_null()
    {
        Refuses<Node>("9301C0C0", WireFormatReason.WrongKind, 2);
        Refuses<Circle>("C0", WireFormatReason.WrongKind, 0);
        Refuses<string>("C0", WireFormatReason.WrongKind, 0);
    }

    [Fact]
    public void What_a_constructor_refuses_is_refused()
    {
        Assert.Equal(new Even(4), WireFormat.Decode<Even>([0x91, 0x04]));
        Refuses<Even>("9103", WireFormatReason.RefusedByConstructor, 2);
    }

    [Fact]
    public void Unknown_elements_are_skipped_only_down_to_the_depth_limit()
    {
        var allowed = string.Concat(Enumerable.Repeat("91", MarketLimits.WireDepthMax)) + "00";
        Assert.Equal(new Nothing(), WireFormat.Decode<Nothing>(Convert.FromHexString(allowed)));
        Refuses<Nothing>("91" + allowed, WireFormatReason.TooDeep, MarketLimits.WireDepthMax);
        Refuses<Nothing>(
            string.Concat(Enumerable.Repeat("91", 100_000)) + "00",
            WireFormatReason.TooDeep,
            MarketLimits.WireDepthMax);
    }

    private static void Refuses<T>(string bytes, WireFormatReason reason, int offset)
    {
        var refusal = Assert.Throws<WireFormatException>(() => WireFormat.Decode<T>(Convert.FromHexString(bytes)));
        Assert.Equal((reason, offset), (refusal.Reason, refusal.Offset));
    }
}
