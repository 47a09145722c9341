using Market.Domain.Wire;
using Market.Testing;

namespace Market.Domain.Tests.Wire;

public sealed class WireCatalogTests
{
    private const int ValuesPerType = 30;

    [Property(MaxTest = 5)]
    public void Every_message_type_comes_back_as_it_was_written(int seed)
    {
        var types = WireSamples.Types;
        var generator = new WireValueGenerator(seed, types);
        foreach (var type in types)
        {
            for (var i = 0; i < ValuesPerType; i++)
            {
                var value = generator.Next(type);
                var bytes = WireCatalog.EncodeTagged(value);
                var read = WireCatalog.DecodeTagged(bytes);
                SameValue.Assert(value, read);
                Assert.Equal(bytes, WireCatalog.EncodeTagged(read));
            }
        }
    }

    [Fact]
    public void A_message_is_its_number_and_its_payload()
    {
        _ = WireSamples.Types;

        Assert.Equal("92CDEA65920507", Convert.ToHexString(WireCatalog.EncodeTagged(new Point(5, 7))));
        Assert.Equal(60_005, WireCatalog.NumberOf(typeof(Point)));
        Assert.Equal(typeof(Point), WireCatalog.TypeOf(60_005));
    }

    [Fact]
    public void A_frame_is_a_messages_number_what_it_answers_and_its_payload()
    {
        _ = WireSamples.Types;

        Assert.Equal("93CDEA6507920507", Convert.ToHexString(WireCatalog.EncodeFrame(7, new Point(5, 7))));
        Assert.Throws<ArgumentException>(() => WireCatalog.EncodeFrame(7, "of no type"));
    }

    [Fact]
    public void A_payload_alone_can_be_written_and_read()
    {
        _ = WireSamples.Types;
        using var writer = MessagePackWriter.Rent();
        WireCatalog.WritePayload(writer, new Circle(9));
        var reader = new MessagePackReader(writer.Written);

        Assert.Equal(new Circle(9), WireCatalog.ReadPayload(60_010, ref reader));
        reader.RequireEnd();
    }

    [Fact]
    public void A_number_of_no_type_is_refused()
    {
        Assert.Null(WireCatalog.TypeOf(65_535));
        Assert.Equal(
            WireFormatReason.UnknownMessageType,
            Refused(() => WireCatalog.DecodeTagged([0x92, 0xCD, 0xFF, 0xFF, 0x90])));
        Assert.Equal(WireFormatReason.UnknownMessageType, Refused(() => WireCatalog.DecodeTagged([0x92, 0xFF, 0x90])));
        Assert.Throws<ArgumentException>(() => WireCatalog.NumberOf(typeof(string)));
    }

    [Fact]
    public void A_message_of_another_kind_than_the_field_is_refused()
    {
        _ = WireSamples.Types;
        var point = WireCatalog.EncodeTagged(new Point(1, 1));

        Assert.Equal(WireFormatReason.UnknownMessageType, Refused(() => WireFormat.Decode<Shape>(point)));
    }

    [Fact]
    public void What_a_constructor_refuses_is_refused_under_a_number_too()
    {
        _ = WireSamples.Types;
        Assert.Equal(
            WireFormatReason.RefusedByConstructor,
            Refused(() => WireCatalog.DecodeTagged([0x92, 0xCD, 0xEA, 0x66, 0x91, 0x03])));
    }

    [Fact]
    public void An_assembly_registered_twice_adds_nothing()
    {
        var before = WireSamples.Types;
        WireCatalog.Register(typeof(WireSamples).Assembly);

        Assert.Equal(before, WireSamples.Types);
    }

    [Fact]
    public void The_market_s_own_numbers_are_below_one_thousand()
    {
        var own = WireCatalog.Types.Where(static type => type.Value.Assembly == typeof(WireCatalog).Assembly);

        Assert.All(own, static type => Assert.InRange(type.Key, 1, 999));
    }

    private static WireFormatReason Refused(Action decode) => Assert.Throws<WireFormatException>(decode).Reason;
}
