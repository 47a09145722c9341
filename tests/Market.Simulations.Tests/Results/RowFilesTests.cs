using System.Text;
using Market.Domain;
using Market.Simulations.Results;

namespace Market.Simulations.Tests.Results;

/// <summary>What is written of a negotiation is what is read: by another reader, to the last bit.</summary>
public sealed class RowFilesTests
{
    private static readonly RowMetrics Metrics = new(
        0.1, 1e-300, 5e-324, double.MaxValue, 1d / 3, null, 0, 1, 0.1 + 0.2, -0.0, null, 2d / 3, 1e21, 123456789.123);

    private static readonly PartyRow Party = new(
        "negmas:Linear", "buyer", 0.30000000000000004, double.NegativeInfinity, null, 0, 1d / 7, 2d / 7, 0, 0.5, 1,
        null, 0.25, -1);

    private static readonly NegotiationRow Row = new(
        7, "laptop", 1, 2, ulong.MaxValue, 100, "agreement", 3, 6, "1,200|\"red\"|yes", 1.25, Metrics, 0.5,
        "over-budget|deadlock", "", "0123456789abcdef", [Party, Party with { Profile = "a, \"b\"" }], -0.125,
        5445.25, 0.75);

    [Fact]
    public void A_row_is_read_back_as_it_was_written()
    {
        var third = Party with { Strategy = "user:Ümläut" };
        var three = Row with { Number = 8, Parties = [Party, Party, third], Value = null };

        Assert.Equal([Row, three], Read(Written(3, Row, three)));
    }

    [Fact]
    public void Every_row_has_as_many_fields_as_the_first_line()
    {
        var plain = Row with { Agreement = "", Parties = [Party, Party] };
        var lines = Written(4, plain).TrimEnd('\n').Split('\n');

        Assert.Equal(RowColumns.Names(4), lines[0].Split(','));
        Assert.Equal(lines[0].Split(',').Length, lines[1].Split(',').Length);
    }

    [Fact]
    public void A_row_is_one_line_whatever_a_failure_says()
    {
        var failed = Row with { Failure = "user:Mine (party 1): \r\nno\nno\r\"no\"" };
        var text = Written(2, failed);

        Assert.Equal(2, text.Count(character => character == '\n'));
        Assert.Equal("user:Mine (party 1):  no no \"no\"", Read(text).Single().Failure);
    }

    [Fact]
    public void Numbers_are_written_with_the_digits_that_read_back_to_the_same_bits()
    {
        var fields = Written(2, Row).Split('\n')[1];
        Assert.Contains(",5E-324,1.7976931348623157E+308,0.3333333333333333,,0,1,0.30000000000000004,-0,", fields);
        Assert.Contains(",0.30000000000000004,-Infinity,,", fields, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.30000000000000004", "abc", "line 2")]
    [InlineData(",over-budget|deadlock", "", "line 2")]
    [InlineData("welfare", "wellfare", "no column 'welfare'")]
    public void A_damaged_file_is_refused_with_its_line(string what, string by, string message)
    {
        var damaged = Written(2, Row).Replace(what, by, StringComparison.Ordinal);
        var refused = Assert.Throws<ResultFolderException>(() => Read(damaged));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Acts_are_read_back_as_they_were_written()
    {
        var to = new Utf8Buffer();
        int[] acts = [0, 9, 10, 99, 100, 999_999, ActLog.Accept, ActLog.End, ActLog.Failed];
        EventLine.Write(3, "0123456789abcdef", acts, to);
        EventLine.Write(4, "f", [], to);

        var lines = Encoding.UTF8.GetString(to.Written).TrimEnd('\n').Split('\n');
        Assert.Equal(
            """{"number":3,"digest":"0123456789abcdef","acts":[0,9,10,99,100,999999,-1,-2,-3]}""", lines[0]);
        Assert.Equal(
            [new NegotiationActs(3, "0123456789abcdef", ValueArray.Create<int>(acts)), new NegotiationActs(4, "f", [])],
            lines.Select(line => EventLine.Read(line, "events.jsonl")));
    }

    private static string Written(int partiesMax, params NegotiationRow[] rows)
    {
        var writer = new RowWriter(partiesMax);
        var to = new Utf8Buffer();
        to.Append(writer.Header);
        foreach (var row in rows)
        {
            writer.Write(row, to);
        }

        return Encoding.UTF8.GetString(to.Written);
    }

    private static List<NegotiationRow> Read(string text) =>
        [.. RowReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "negotiations.csv")];
}
