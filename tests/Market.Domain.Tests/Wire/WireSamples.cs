using Market.Domain.Wire;

namespace Market.Domain.Tests.Wire;

// Message types of the tests: every construct that a record may hold. Numbers of tests start at 60,000.

[WireType(60_000)]
public sealed record Scalars(
    bool Flag, sbyte I8, byte U8, short I16, ushort U16, int I32, uint U32, long I64, ulong U64, double Real,
    string Text, Guid Id, Hash256 Hash, TimeSpan Span, Colour Colour, Rights Rights, Deep Deep);

[WireType(60_001)]
public sealed record Absences(
    string? Text, long? Number, Colour? Colour, NegotiationId? Id, Point? Point, Node? Node, Shape? Shape);

[WireType(60_002)]
public sealed record Lists(
    ValueArray<long> Numbers, string[] Texts, ValueArray<Point> Points, byte[] Bytes, ReadOnlyMemory<byte> Memory,
    ValueArray<byte> ByteList, ValueArray<ValueArray<int>> Nested, ValueArray<Shape> Shapes, ValueArray<int?> Gaps);

[WireType(60_003)]
public sealed record Node(int Value, ValueArray<Node> Children, Node? Next);

[WireType(60_004)]
public sealed record Nothing;

[WireType(60_005)]
public readonly record struct Point(int X, int Y);

/// <summary>Refuses values in its constructor, as a validated record would.</summary>
[WireType(60_006)]
public sealed record Even
{
    public Even(byte number) => Number =
        number % 2 == 0 ? number : throw new ArgumentOutOfRangeException(nameof(number), "An even number is due.");

    public byte Number { get; }
}

public abstract record Shape;

[WireType(60_010)]
public sealed record Circle(uint Radius) : Shape;

[WireType(60_011)]
public sealed record Group(ValueArray<Shape> Shapes, string Name = "group") : Shape;

[WireType(60_012)]
public record Open(int A);

public sealed record Wider(int A, int B) : Open(A);

public enum Colour : byte
{
    Red = 1,
    Green = 2,
    Blue = 200,
}

[Flags]
public enum Rights
{
    None = 0,
    Read = 1,
    Write = 4,
}

public enum Deep : ulong
{
    Zero = 0,
    Top = ulong.MaxValue,
}

/// <summary>Registers the test assembly's message types once, before any test of the catalog.</summary>
internal static class WireSamples
{
    static WireSamples() => WireCatalog.Register(typeof(WireSamples).Assembly);

    public static IReadOnlyList<Type> Types => [.. WireCatalog.Types.Select(static type => type.Value)];
}
