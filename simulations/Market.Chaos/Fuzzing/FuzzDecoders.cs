using Market.Domain;
using Market.Domain.Wire;

namespace Market.Chaos.Fuzzing;

/// <summary>The decoders that are fuzzed, and the reasons that each can give.</summary>
internal static class FuzzDecoders
{
    /// <summary>One for each kind of formatter, and the skipping of unknown values.</summary>
    public static IReadOnlyList<FuzzDecoder> OfCodec() =>
    [
        new ValueDecoder<bool>("bool", isExact: true),
        new ValueDecoder<sbyte>("int8", isExact: true),
        new ValueDecoder<byte>("uint8", isExact: true),
        new ValueDecoder<short>("int16", isExact: true),
        new ValueDecoder<ushort>("uint16", isExact: true),
        new ValueDecoder<int>("int32", isExact: true),
        new ValueDecoder<uint>("uint32", isExact: true),
        new ValueDecoder<long>("int64", isExact: true),
        new ValueDecoder<ulong>("uint64", isExact: true),
        new ValueDecoder<double>("float64", isExact: true),
        new ValueDecoder<string>("text", isExact: true),
        new ValueDecoder<Guid>("uuid", isExact: true),
        new ValueDecoder<Hash256>("hash", isExact: true),
        new ValueDecoder<TimeSpan>("span", isExact: true),
        new ValueDecoder<byte[]>("binary", isExact: true),
        new ValueDecoder<Colour>("enumeration", isExact: true),
        new ValueDecoder<Level>("enumeration, signed", isExact: true),
        new ValueDecoder<Rights>("flags of 64 bits", isExact: true),
        new ValueDecoder<string[]>("array of texts", isExact: true),
        new ValueDecoder<ValueArray<long>>("list of numbers", isExact: true),
        new ValueDecoder<Wrapped>("struct as its value", isExact: true),
        new ValueDecoder<Place>("struct"),
        new ValueDecoder<Fields>("record"),
        new ValueDecoder<Absences>("record with nils"),
        new ValueDecoder<Defaults>("record with defaults"),
        new ValueDecoder<Branch>("record of itself"),
        new ValueDecoder<Even>("record that refuses"),
        new ValueDecoder<Shape>("tagged"),
        new SkipDecoder(),
    ];

    /// <summary>One for each message type: on the wire, between grains, in the journal.</summary>
    public static IReadOnlyList<FuzzDecoder> OfMessages() =>
    [
        .. WireCatalog.Types.Where(static e => e.Key < 60_000)
            .Select(static e => new PayloadDecoder(e.Key, e.Value)),
    ];

    /// <summary>Those of the session's own messages.</summary>
    public static IReadOnlyList<FuzzDecoder> OfHandshake() =>
    [
        .. WireCatalog.Types.Where(static e => e.Key < 100).Select(static e => new PayloadDecoder(e.Key, e.Value)),
    ];
}
