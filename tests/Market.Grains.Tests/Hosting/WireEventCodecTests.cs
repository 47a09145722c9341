using Market.Domain;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Hosting;

namespace Market.Grains.Tests.Hosting;

/// <summary>Journal bodies are wire values.</summary>
public sealed class WireEventCodecTests
{
    private static readonly object Event = new LedgerCommandAnswered(new LedgerTime(7), default, 0);

    [Fact]
    public void An_event_comes_back_as_it_was_stored()
    {
        var codec = new WireEventCodec();

        Assert.Equal(Event, codec.Decode(codec.Encode(Event)));
    }

    [Fact]
    public void An_event_of_a_number_to_come_is_refused()
    {
        byte[] body = [0x92, 0xcd, 0xea, 0x60, 0x90]; // [60,000, []]

        Assert.Throws<WireFormatException>(() => new WireEventCodec().Decode(body));
    }
}
