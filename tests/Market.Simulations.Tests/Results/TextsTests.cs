using System.Globalization;
using System.Text;
using Market.Simulations.Results;

namespace Market.Simulations.Tests.Results;

/// <summary>Texts that are kept are those that would be made anew, whatever took their places meanwhile.</summary>
public sealed class TextsTests
{
    private static readonly double[] Odd =
    [
        0, -0.0, 1, -1, double.NaN, -double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon,
        -double.Epsilon, double.MaxValue, double.MinValue, -2.2250738585072014E-308, 0.1 + 0.2, 1e21, 123456789.123,
    ];

    [Fact]
    public void A_number_has_its_shortest_digits_however_many_others_came_between()
    {
        // Several times as many as there are places, each again when others have taken its place.
        var numbers = Odd.Concat(Enumerable.Range(1, 40_000).Select(i => i / 30_011.0)).ToList();
        var texts = new NumberTexts();
        var room = new byte[NumberTexts.BytesMax];
        foreach (var number in numbers.Concat(numbers).SelectMany(number => new[] { number, number }))
        {
            var length = texts.Write(number, room);
            Assert.Equal(
                "," + number.ToString(CultureInfo.InvariantCulture), Encoding.UTF8.GetString(room, 0, length));
        }
    }

    [Fact]
    public void What_is_not_defined_is_a_comma_alone()
    {
        var room = new byte[NumberTexts.BytesMax];
        Assert.Equal(1, new NumberTexts().Write(null, room));
        Assert.Equal((byte)',', room[0]);
    }

    [Fact]
    public void A_field_is_its_own_text_however_many_others_came_between()
    {
        var fields = Enumerable.Range(0, 5_000).Select(i => $"{i} \"and\", Ümläut\n").Append("").ToList();
        var texts = new FieldTexts();
        foreach (var field in fields.Concat(fields).SelectMany(field => new[] { field, field, new string(field) }))
        {
            var expected = new Utf8Buffer();
            expected.AppendNext(field);
            Assert.Equal(expected.Written.ToArray(), texts.Next(field));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(20_000)]
    public void Lists_of_any_length_have_commas_between_their_numbers(int length)
    {
        int[] some = [0, 9, 10, 99, 100, 999, 1000, 9_999, 10_000, int.MaxValue, -1, int.MinValue];
        int[] numbers = [.. Enumerable.Range(0, length).Select(i => i < 10_001 ? i : some[i % some.Length])];
        var buffer = new Utf8Buffer();
        buffer.Append('[');
        buffer.AppendList(numbers);
        buffer.AppendNext(-7);
        buffer.AppendNext(10_000);

        Assert.Equal($"[{string.Join(',', numbers)},-7,10000", Encoding.UTF8.GetString(buffer.Written));
    }
}
