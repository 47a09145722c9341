using System.Reflection;
using System.Runtime.CompilerServices;

namespace Market.Domain.Wire.Formatters;

/// <summary>
/// An enumeration as its number. Only its members pass, either way; of an enumeration with
/// <see cref="FlagsAttribute"/> any union of its members.
/// </summary>
internal sealed class EnumFormatter<T> : WireFormatter<T>
    where T : struct, Enum
{
    private static readonly bool IsUnsigned64 = Enum.GetUnderlyingType(typeof(T)) == typeof(ulong);
    private static readonly bool IsUnsigned = Enum.GetUnderlyingType(typeof(T)).Name is ['U', ..] or "Byte";
    private static readonly long Smallest = SmallestOf();
    private static readonly long Largest = LargestOf();
    private static readonly long? AllFlags = FlagsOf();

    /// <inheritdoc/>
    public override void Write(MessagePackWriter writer, T value)
    {
        var number = ToNumber(value);
        if (!IsDefined(value, number))
            throw new ArgumentException($"{typeof(T).Name} has no member {number}.", nameof(value));

        if (IsUnsigned64)
            writer.WriteUInt64(unchecked((ulong)number));
        else
            writer.WriteInt64(number);
    }

    /// <inheritdoc/>
    public override T Read(ref MessagePackReader reader)
    {
        var start = reader.Position;
        var number = IsUnsigned64 ? unchecked((long)reader.ReadUInt64()) : reader.ReadInteger(Smallest, Largest);
        var value = ToMember(number);
        return IsDefined(value, number)
            ? value
            : throw new WireFormatException(
                WireFormatReason.UndefinedValue, start, $"{typeof(T).Name} has no member {number}.");
    }

    private static bool IsDefined(T value, long number) =>
        AllFlags is { } all ? (number & ~all) == 0 : Enum.IsDefined(value);

    private static long ToNumber(T value) => Unsafe.SizeOf<T>() switch
    {
        1 => IsUnsigned ? Unsafe.BitCast<T, byte>(value) : Unsafe.BitCast<T, sbyte>(value),
        2 => IsUnsigned ? Unsafe.BitCast<T, ushort>(value) : Unsafe.BitCast<T, short>(value),
        4 => IsUnsigned ? Unsafe.BitCast<T, uint>(value) : Unsafe.BitCast<T, int>(value),
        _ => Unsafe.BitCast<T, long>(value),
    };

    private static T ToMember(long number) => unchecked(Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.BitCast<byte, T>((byte)number),
        2 => Unsafe.BitCast<ushort, T>((ushort)number),
        4 => Unsafe.BitCast<uint, T>((uint)number),
        _ => Unsafe.BitCast<long, T>(number),
    });

    private static long SmallestOf() => IsUnsigned ? 0 : long.MinValue >> (64 - (8 * Unsafe.SizeOf<T>()));

    private static long LargestOf()
    {
        var signed = long.MaxValue >> (64 - (8 * Unsafe.SizeOf<T>()));
        return IsUnsigned && Unsafe.SizeOf<T>() < 8 ? (2 * signed) + 1 : signed;
    }

    private static long? FlagsOf() => typeof(T).GetCustomAttribute<FlagsAttribute>() is null
        ? null
        : Enum.GetValues<T>().Aggregate(0L, static (all, member) => all | ToNumber(member));
}
