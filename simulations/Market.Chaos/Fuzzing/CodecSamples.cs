using Market.Domain;
using Market.Domain.Wire;

namespace Market.Chaos.Fuzzing;

// One record for each construct that a record may hold, with numbers of tests (60,000 and up).

internal enum Colour : byte
{
    Red = 1,
    Green = 2,
    Blue = 200,
}

[Flags]
internal enum Rights : ulong
{
    None = 0,
    Read = 1,
    Write = 2,
    Own = 1UL << 63,
}

internal enum Level
{
    Low = -40_000,
    Middle = 0,
    High = 40_000,
}

/// <summary>A struct that is written as its value.</summary>
internal readonly record struct Wrapped(uint Value);

/// <summary>A struct that is written as an array.</summary>
internal readonly record struct Place(int X, short Y);

/// <summary>Everything may be absent.</summary>
internal sealed record Absences(int? Number, string? Text, Hash256? Hash, Colour? Colour, Fields? Fields);

/// <summary>Everything has a default.</summary>
internal sealed record Defaults(
    long Number = 7, string Text = "default", bool Flag = true, Level Level = Level.High, Place? Place = null);

/// <summary>Every scalar once.</summary>
internal sealed record Fields(
    bool Flag, sbyte I8, ushort U16, long I64, ulong U64, double Real, string Text, Guid Id, Hash256 Hash,
    TimeSpan Span, Rights Rights, byte[] Bytes, Wrapped Wrapped);

/// <summary>A record that holds itself.</summary>
internal sealed record Branch(byte Value, ValueArray<Branch> Branches, Branch? Next = null);

/// <summary>A constructor that refuses values.</summary>
internal sealed record Even
{
    public Even(byte number) => Number =
        number % 2 == 0 ? number : throw new ArgumentOutOfRangeException(nameof(number), "An even number is due.");

    public byte Number { get; }
}

/// <summary>One of several.</summary>
internal abstract record Shape;

[WireType(60_900)]
internal sealed record Circle(uint Radius) : Shape;

[WireType(60_901)]
internal sealed record Group(ValueArray<Shape> Shapes, string Name = "group") : Shape;
