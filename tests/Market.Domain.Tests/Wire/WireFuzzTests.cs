using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Testing;
using Xunit.Abstractions;

namespace Market.Domain.Tests.Wire;

/// <summary>
/// Whatever bytes arrive, decoding ends with a value or a <see cref="WireFormatException"/>, in bounded memory.
/// </summary>
public sealed class WireFuzzTests(ITestOutputHelper output)
{
    private const int Inputs = 4_000;

    // A byte of input can stand for a whole record whose parameters all have defaults, and for its place in a list.
    private const int BytesAllocatedPerInputByte = 256;
    private const int BytesAllocatedConstant = 8 * 1_024;

    private readonly int _seed = Environment.TickCount;

    [Fact]
    public void Random_bytes_are_read_or_refused()
    {
        var random = Seeded();
        for (var i = 0; i < Inputs; i++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            Survives(bytes);
        }
    }

    [Fact]
    public void Bytes_that_look_like_messages_are_read_or_refused()
    {
        byte[] codes =
            [0x90, 0x92, 0x97, 0xA1, 0xC0, 0xC1, 0xC4, 0xC6, 0xCB, 0xCD, 0xD0, 0xDB, 0xDC, 0xDD, 0xDF, 0xFF, 0, 1];
        var random = Seeded();
        for (var i = 0; i < Inputs; i++)
            Survives([.. Enumerable.Range(0, random.Next(48)).Select(_ => codes[random.Next(codes.Length)])]);
    }

    [Fact]
    public void A_message_cut_at_any_byte_is_refused()
    {
        foreach (var message in Messages(count: 60))
        {
            for (var length = 0; length < message.Length; length++)
            {
                var cut = message[..length];
                Assert.Throws<WireFormatException>(() => WireCatalog.DecodeTagged(cut));
            }
        }
    }

    [Fact]
    public void A_message_with_changed_bytes_is_read_or_refused()
    {
        var random = Seeded();
        foreach (var message in Messages(count: 1_500))
        {
            for (var i = 0; i < 10; i++)
            {
                var mutated = message.ToArray();
                for (var changes = random.Next(1, 4); changes > 0; changes--)
                    mutated[random.Next(mutated.Length)] = (byte)random.Next(256);

                Survives(mutated);
            }
        }
    }

    [Fact]
    public void What_is_accepted_has_no_other_form()
    {
        var random = Seeded();
        var accepted = 0;
        for (var i = 0; i < Inputs * 10; i++)
        {
            var bytes = new byte[random.Next(1, 12)];
            random.NextBytes(bytes);
            if (TryDecode<long>(bytes) is { } number)
                Assert.Equal(bytes, WireFormat.Encode((long)number));
            else if (TryDecode<Outcome>(bytes) is { } outcome)
                Assert.Equal(bytes, WireFormat.Encode((Outcome)outcome));
            else if (TryDecode<string>(bytes) is { } text)
                Assert.Equal(bytes, WireFormat.Encode((string)text));
            else
                continue;

            accepted++;
        }

        Assert.InRange(accepted, 100, int.MaxValue);
    }

    [Theory]
    [InlineData("93")]
    [InlineData("9391")]
    [InlineData("DC0001")]
    [InlineData("81C0")]
    public void Deep_nesting_is_refused(string level)
    {
        var bytes = Convert.FromHexString(string.Concat(Enumerable.Repeat(level, 8_000)));
        Survives(bytes);
        Assert.Throws<WireFormatException>(() => WireFormat.Decode<Node>(bytes));
    }

    [Theory]
    [InlineData("C6FFFFFFFF")]
    [InlineData("C67FFFFFFF")]
    [InlineData("DB80000000")]
    [InlineData("DDFFFFFFFF")]
    [InlineData("DD7FFFFFFF")]
    [InlineData("DFFFFFFFFF")]
    [InlineData("DF80000000")]
    [InlineData("C9FFFFFFFF")]
    public void A_giant_length_allocates_nothing(string header)
    {
        var bytes = Convert.FromHexString(header + "00000000");
        Survives(bytes);
        Survives([0x91, .. bytes]);
        Survives([0x92, 0xCD, 0xEA, 0x64, .. bytes]);
    }

    private Random Seeded()
    {
        output.WriteLine($"seed {_seed}");
        return new Random(_seed);
    }

    private IEnumerable<byte[]> Messages(int count)
    {
        var types = WireSamples.Types;
        output.WriteLine($"seed {_seed}");
        var generator = new WireValueGenerator(_seed, types);
        return Enumerable.Range(0, count).Select(i => WireCatalog.EncodeTagged(generator.Next(types[i % types.Count])));
    }

    private static void Survives(byte[] bytes)
    {
        _ = WireSamples.Types;
        DecodesInBounds(bytes, static input => WireCatalog.DecodeTagged(input));
        DecodesInBounds(bytes, static input => WireFormat.Decode<Lists>(input));
        DecodesInBounds(bytes, static input => WireFormat.Decode<Node>(input));
        DecodesInBounds(bytes, static input => WireFormat.Decode<Agenda>(input));
        DecodesInBounds(bytes, static input => WireFormat.Decode<ValueArray<WireEvolutionTests.OfferV2>>(input));
    }

    private static void DecodesInBounds(byte[] bytes, Func<byte[], object> decode)
    {
        var bound = (bytes.Length * BytesAllocatedPerInputByte) + BytesAllocatedConstant;

        // The first use of a type generates code, which allocates once; the second try shows what the input costs.
        if (AllocatedBy(bytes, decode) > bound && AllocatedBy(bytes, decode) is var allocated && allocated > bound)
            Assert.Fail($"{allocated} bytes were allocated for {Convert.ToHexString(bytes)}");
    }

    private static long AllocatedBy(byte[] bytes, Func<byte[], object> decode)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            decode(bytes);
        }
        catch (WireFormatException refusal)
        {
            Assert.InRange(refusal.Offset, 0, bytes.Length);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static object? TryDecode<T>(byte[] bytes)
    {
        try
        {
            return WireFormat.Decode<T>(bytes);
        }
        catch (WireFormatException)
        {
            return null;
        }
    }
}
