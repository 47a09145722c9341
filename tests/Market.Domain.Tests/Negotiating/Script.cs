using FsCheck;
using FsCheck.Fluent;

namespace Market.Domain.Tests.Negotiating;

/// <summary>What two agents, a stranger, the clock and the ledger try in one negotiation, in this order.</summary>
public sealed class Script(byte[] bytes)
{
    public byte[] Bytes { get; } = bytes;

    public IEnumerable<Move> Moves =>
        Bytes.Chunk(2).Where(pair => pair.Length == 2).Select(pair => Move.Of(pair[0], pair[1]));

    /// <summary>A number that picks how the negotiation is opened.</summary>
    public int Shape => Bytes.Sum(static b => b) + Bytes.Length;

    /// <summary>A script of random moves.</summary>
    public static Script Random(Random random, int moves)
    {
        var bytes = new byte[2 * moves];
        random.NextBytes(bytes);
        return new Script(bytes);
    }

    public override string ToString() => string.Join("; ", Moves.Select(m => $"{m.By} {m.Attempt} {m.Bend}"));
}

/// <summary>Scripts for properties; their bytes shrink, and so do they.</summary>
public static class Scripts
{
    public static Arbitrary<Script> Arbitrary() =>
        ArbMap.Default.ArbFor<byte[]>().Convert(bytes => new Script(bytes ?? []), script => script.Bytes);
}
