using Market.Domain.Negotiating;
using Market.Domain.Wire;

namespace Market.Domain.Tests.Wire;

public sealed class WireFormatTests
{
    [Fact]
    public void A_record_is_the_array_of_its_constructor_parameters() =>
        Both(new Money(8_400, Currency.Usd), "92CD20D0CE55534402");

    [Fact]
    public void A_record_without_parameters_is_an_empty_array() => Both(new Nothing(), "90");

    [Fact]
    public void A_struct_with_one_parameter_is_that_parameter_itself()
    {
        Both(new AgentNumber(7), "07");
        Both(new LedgerTime(-1), "FF");
        Both(Outcome.Of(1, 200), "9201CCC8");
        Both(new Terms(Outcome.Of(3), 3), "9391030390");
    }

    [Fact]
    public void Ids_and_hashes_are_binary_with_the_most_significant_byte_first()
    {
        Both(new MessageId(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")), "C41000112233445566778899AABBCCDDEEFF");
        Both(new DealId(new Hash256(1, 0, 0, 0xFF)), "C420" + "0000000000000001" + new string('0', 46) + "FF");
    }

    [Fact]
    public void A_span_of_time_is_ticks() => Both(TimeSpan.FromMilliseconds(1), "CD2710");

    [Fact]
    public void What_may_be_absent_is_nil_when_it_is() =>
        Both(new Absences(null, null, null, null, null, null, null), "97C0C0C0C0C0C0C0");

    [Fact]
    public void What_may_be_absent_is_itself_when_it_is_present()
    {
        Both<long?>(5, "05");
        Both(new Node(1, [], new Node(2, [], null)), "930190930290C0");
    }

    [Fact]
    public void A_value_of_an_abstract_type_carries_its_number()
    {
        _ = WireSamples.Types;
        Both<Shape>(new Circle(5), "92CDEA6A9105");
        Both<ValueArray<Shape>>([new Circle(5), new Group([])], "9292CDEA6A910592CDEA6B9290A567726F7570");
    }

    [Fact]
    public void Flags_pass_in_any_union_and_no_other_bits_do()
    {
        Both(Rights.Read | Rights.Write, "05");
        Assert.Equal(WireFormatReason.UndefinedValue, Refused<Rights>("02").Reason);
        Assert.Throws<ArgumentException>(() => WireFormat.Encode((Rights)2));
    }

    [Fact]
    public void An_undefined_member_is_neither_read_nor_written()
    {
        Both(Colour.Blue, "CCC8");
        Both(Deep.Top, "CFFFFFFFFFFFFFFFFF");
        Assert.Equal(WireFormatReason.UndefinedValue, Refused<Colour>("03").Reason);
        Assert.Equal(WireFormatReason.OutOfRange, Refused<Colour>("CD0101").Reason);
        Assert.Throws<ArgumentException>(() => WireFormat.Encode(default(Colour)));
    }

    [Fact]
    public void What_could_not_be_read_back_is_not_written()
    {
        Assert.Throws<ArgumentNullException>(() => WireFormat.Encode<string>(null!));
        Assert.Throws<ArgumentNullException>(() => WireFormat.Encode<Node>(null!));
        Assert.Throws<ArgumentNullException>(() => WireFormat.Encode(new Issue(null!, IssueKind.Range, 0, 1, 1, [])));
        Assert.Throws<ArgumentException>(() => WireFormat.Encode("half of a pair: \ud83d"));
        Assert.Throws<ArgumentException>(() => WireFormat.Encode(NodeOfDepth(MarketLimits.WireDepthMax + 1)));
        Assert.Throws<ArgumentException>(() => WireFormat.Encode<Open>(new Wider(1, 2)));
    }

    [Fact]
    public void Nesting_reaches_the_limit_and_not_beyond()
    {
        var deepest = NodeOfDepth(MarketLimits.WireDepthMax);
        var bytes = WireFormat.Encode(deepest);

        Assert.Equal(deepest, WireFormat.Decode<Node>(bytes));
        Assert.Equal(
            WireFormatReason.TooDeep,
            Refused<Node>("930190" + Convert.ToHexString(bytes)).Reason);
    }

    [Fact]
    public void A_failed_write_leaves_no_trace_in_the_next()
    {
        Assert.Throws<ArgumentException>(() => WireFormat.Encode(NodeOfDepth(MarketLimits.WireDepthMax + 1)));
        Both(new Nothing(), "90");
    }

    [Fact]
    public void A_type_without_a_wire_form_is_named_where_it_is_used()
    {
        var refusal = Assert.Throws<NotSupportedException>(() => WireFormat.Encode(new HasDate(default)));
        Assert.Contains("HasDate.When: System.DateTime", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => WireFormat.Encode(new HasGaps(["x", null])));
        Assert.Throws<NotSupportedException>(() => WireFormat.Encode<Label?>(new Label("x")));
    }

    private static Node NodeOfDepth(int depth)
    {
        // Each node is an array that holds the array of its children.
        var node = new Node(depth, [], null);
        for (var i = 2; i < depth; i++)
            node = new Node(i, [], node);

        return node;
    }

    private static WireFormatException Refused<T>(string bytes) =>
        Assert.Throws<WireFormatException>(() => WireFormat.Decode<T>(Convert.FromHexString(bytes)));

    private static void Both<T>(T value, string bytes)
    {
        Assert.Equal(bytes, Convert.ToHexString(WireFormat.Encode(value)));
        Assert.Equal(value, WireFormat.Decode<T>(Convert.FromHexString(bytes)));
    }

    private sealed record HasDate(DateTime When);

    private sealed record HasGaps(ValueArray<string?> Texts);

    private readonly record struct Label(string? Text);
}
