using Market.Domain.Wire;

namespace Market.Domain.Tests.Wire;

/// <summary>Records grow by appended parameters with defaults; old and new programs read each other.</summary>
public sealed class WireEvolutionTests
{
    [Fact]
    public void What_an_older_writer_did_not_write_takes_its_default()
    {
        var old = WireFormat.Encode(new OfferV1(7, "first"));

        var read = WireFormat.Decode<OfferV2>(old);

        Assert.Equal(new OfferV2(7, "first"), read);
        Assert.Equal(30, read.ValidSeconds);
        Assert.Equal("none", read.Note);
        Assert.Equal(Colour.Green, read.Colour);
        Assert.Equal(Colour.Blue, read.Accent);
        Assert.Equal(5, read.Limit);
        Assert.Null(read.Absent);
        Assert.Equal(default, read.Place);
        Assert.Empty(read.Tags);
    }

    [Fact]
    public void What_a_newer_writer_appended_is_skipped()
    {
        var newer = new OfferV2(7, "first", Note: "more", Place: new Point(1, 2), Tags: ["x", "y"]);

        Assert.Equal(new OfferV1(7, "first"), WireFormat.Decode<OfferV1>(WireFormat.Encode(newer)));
    }

    [Fact]
    public void An_element_after_a_skipped_one_is_still_in_its_place()
    {
        var bytes = WireFormat.Encode<ValueArray<OfferV2>>([new(1, "a"), new(2, "b", Tags: ["t"]), new(3, "c")]);

        Assert.Equal([new(1, "a"), new(2, "b"), new(3, "c")], WireFormat.Decode<ValueArray<OfferV1>>(bytes));
    }

    [Theory]
    [InlineData("82A161C001C3")]
    [InlineData("DE0001A161C0")]
    [InlineData("DF00000001A161C0")]
    [InlineData("CA3F800000")]
    [InlineData("CB3FF0000000000000")]
    [InlineData("D6FF00000000")]
    [InlineData("C70CFF000000000000000000000000")]
    [InlineData("C8000105AA")]
    [InlineData("C90000000105AA")]
    [InlineData("D80500000000000000000000000000000000")]
    [InlineData("C403010203")]
    [InlineData("D90161")]
    [InlineData("DC000100")]
    [InlineData("CC01")]
    [InlineData("D3FFFFFFFFFFFFFFFF")]
    [InlineData("9291C0A161")]
    public void Whatever_a_newer_writer_appended_can_be_skipped(string element)
    {
        var bytes = Convert.FromHexString("9307A161" + element);

        Assert.Equal(new OfferV1(7, "a"), WireFormat.Decode<OfferV1>(bytes));
    }

    [Fact]
    public void What_every_writer_has_written_may_not_be_missing()
    {
        var refusal = Assert.Throws<WireFormatException>(() => WireFormat.Decode<OfferV2>([0x91, 0x07]));

        Assert.Equal(WireFormatReason.MissingElement, refusal.Reason);
        Assert.Equal(0, refusal.Offset);
    }

    public sealed record OfferV1(long Price, string Text);

    public sealed record OfferV2(
        long Price, string Text, int ValidSeconds = 30, string Note = "none", Colour Colour = Colour.Green,
        Colour? Accent = Colour.Blue, long? Limit = 5, string? Absent = null, Point Place = default,
        ValueArray<string> Tags = default);
}
