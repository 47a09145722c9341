using Market.Domain;
using Market.Silo.Keys;

namespace Market.Silo.Tests.Keys;

public sealed class CursorCodecTests
{
    private static readonly AgentNumber Alice = new(7);
    private static readonly AgentNumber Bob = new(8);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void A_cursor_gives_its_position_back_to_its_agent_alone(long position)
    {
        using var keys = MarketKeys.InMemory();
        using var codec = new CursorCodec(keys);
        using var writer = codec.CreateWriter(Alice);
        var cursor = writer.Write(position);
        Assert.Equal(position, codec.Read(Alice, cursor));
        Assert.Null(codec.Read(Bob, cursor));
    }

    [Fact]
    public void A_cursor_shows_nothing_of_its_position()
    {
        using var keys = MarketKeys.InMemory();
        using var codec = new CursorCodec(keys);
        using var writer = codec.CreateWriter(Alice);
        var (one, two) = (writer.Write(1), writer.Write(2));
        Assert.True(one.Zip(two).Count(pair => pair.First != pair.Second) > 8);
    }

    [Fact]
    public void No_altered_byte_and_no_other_market_is_taken()
    {
        using var keys = MarketKeys.InMemory();
        using var otherKeys = MarketKeys.InMemory();
        using var codec = new CursorCodec(keys);
        using var other = new CursorCodec(otherKeys);
        using var writer = codec.CreateWriter(Alice);
        var cursor = writer.Write(12);
        Assert.Null(other.Read(Alice, cursor));
        for (var i = 0; i < cursor.Length; i++)
        {
            var altered = (byte[])cursor.Clone();
            altered[i] ^= 1;
            Assert.Null(codec.Read(Alice, altered));
        }
    }

    [Fact]
    public void No_cursor_is_the_beginning()
    {
        using var keys = MarketKeys.InMemory();
        using var codec = new CursorCodec(keys);
        Assert.Equal(0, codec.Read(Alice, []));
    }
}
