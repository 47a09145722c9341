using System.Reflection;
using Market.Domain;

namespace Market.Testing;

/// <summary>
/// Values of any type that has a wire form, from a seed: numbers near the edges of their encodings, texts of one to
/// four
/// bytes a character, absent values, empty and long lists. A record whose constructor refuses values is tried again.
/// </summary>
/// <param name="seed">The same seed gives the same values.</param>
/// <param name="messageTypes">Where an abstract type is due, its concrete types are taken from here.</param>
internal sealed class WireValueGenerator(int seed, IReadOnlyList<Type> messageTypes)
{
    private const int DepthOfLists = 5;
    private const int TriesMax = 200;
    private static readonly string[] Letters = ["a", "Z", "é", "Ж", "中", "\0", "🙂", "\"", "\n"];

    private readonly Random _random = new(seed);
    private readonly NullabilityInfoContext _nullability = new();

    /// <summary>A value of the type.</summary>
    public object Next(Type type) => Make(type, depth: 0);

    /// <summary>A value of the type.</summary>
    public T Next<T>() => (T)Next(typeof(T));

    private object Make(Type type, int depth) => type switch
    {
        _ when type == typeof(bool) => _random.Next(2) == 0,
        _ when type == typeof(double) => BitConverter.Int64BitsToDouble(Number()),
        _ when type == typeof(string) => Text(),
        _ when type == typeof(Guid) => new Guid(Bytes(16)),
        _ when type == typeof(Hash256) => Hash256.FromBytes(Bytes(32)),
        _ when type == typeof(TimeSpan) => new TimeSpan(Number()),
        _ when type == typeof(byte[]) => Bytes(_random.Next(300)),
        _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(Bytes(_random.Next(40))),
        _ when type.IsPrimitive => Truncated(type),
        _ when type.IsEnum => Enum.GetValues(type).GetValue(_random.Next(Enum.GetValues(type).Length))!,
        _ when type.IsArray => List(type.GetElementType()!, depth),
        _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueArray<>) => ValueList(type, depth),
        _ when type.IsAbstract || type == typeof(object) => Make(Concrete(type), depth),
        _ => Record(type, depth),
    };

    private object Record(Type type, int depth)
    {
        var constructor = type.GetConstructors()
            .Where(candidate => candidate.GetParameters() is not [var only] || only.ParameterType != type)
            .MaxBy(candidate => candidate.GetParameters().Length)!;
        for (var i = 0; ; i++)
        {
            try
            {
                return constructor.Invoke([.. constructor.GetParameters().Select(p => Argument(p, depth + 1))]);
            }
            catch (TargetInvocationException refused) when (refused.InnerException is ArgumentException && i < TriesMax)
            {
                // This record checks its values; the next ones may please it.
                continue;
            }
        }
    }

    private object? Argument(ParameterInfo parameter, int depth)
    {
        var type = parameter.ParameterType;
        var underlying = Nullable.GetUnderlyingType(type);
        var mayBeNull = underlying is not null
            || (!type.IsValueType && _nullability.Create(parameter).WriteState == NullabilityState.Nullable);
        return mayBeNull && (depth > DepthOfLists || _random.Next(3) == 0) ? null : Make(underlying ?? type, depth);
    }

    private Array List(Type element, int depth)
    {
        var count = depth > DepthOfLists ? 0 : _random.Next(4) switch { 0 => 0, 1 => 17, _ => _random.Next(4) };
        var list = Array.CreateInstance(element, depth > 2 ? Math.Min(count, 2) : count);
        for (var i = 0; i < list.Length; i++)
            list.SetValue(Make(element, depth + 1), i);

        return list;
    }

    private object ValueList(Type type, int depth)
    {
        var element = type.GetGenericArguments()[0];
        return typeof(ValueArray).GetMethod(nameof(ValueArray.ToValueArray))!
            .MakeGenericMethod(element)
            .Invoke(null, [List(element, depth)])!;
    }

    private Type Concrete(Type type)
    {
        var candidates = messageTypes.Where(candidate => type.IsAssignableFrom(candidate)).ToList();
        return candidates[_random.Next(candidates.Count)];
    }

    /// <summary>A number of any length in bits, so every encoding and its edges come up.</summary>
    private long Number()
    {
        var edge = _random.Next(64) is 0 ? 0 : 1L << _random.Next(63);
        var number = _random.Next(3) == 0 ? edge : _random.NextInt64(edge, long.MaxValue) & (edge - 1 | edge);
        return unchecked((_random.Next(2) == 0 ? number : -number) + _random.Next(-1, 2));
    }

    private object Truncated(Type type) => unchecked(Type.GetTypeCode(type) switch
    {
        TypeCode.SByte => (sbyte)Number(),
        TypeCode.Byte => (byte)Number(),
        TypeCode.Int16 => (short)Number(),
        TypeCode.UInt16 => (ushort)Number(),
        TypeCode.Int32 => (int)Number(),
        TypeCode.UInt32 => (uint)Number(),
        TypeCode.Int64 => Number(),
        TypeCode.UInt64 => (object)(ulong)(2 * Number()),
        _ => throw new NotSupportedException($"{type} has no wire form."),
    });

    private string Text()
    {
        var length = _random.Next(8) switch { 0 => 0, 1 => 31, 2 => 32, 3 => 255, 4 => 256, _ => _random.Next(12) };
        return string.Concat(Enumerable.Range(0, length).Select(_ => Letters[_random.Next(Letters.Length)]));
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
