using System.Reflection;

namespace Market.Domain.Wire.Formatters;

/// <summary>Chooses the formatter of a type by the rules that <see cref="WireFormat"/> documents.</summary>
internal static class WireFormatterFactory
{
    private static readonly Dictionary<Type, Func<WireFormatter>> Scalars = new()
    {
        [typeof(long)] = () => new IntegerFormatter<long>(),
        [typeof(ulong)] = () => new IntegerFormatter<ulong>(),
        [typeof(int)] = () => new IntegerFormatter<int>(),
        [typeof(uint)] = () => new IntegerFormatter<uint>(),
        [typeof(short)] = () => new IntegerFormatter<short>(),
        [typeof(ushort)] = () => new IntegerFormatter<ushort>(),
        [typeof(sbyte)] = () => new IntegerFormatter<sbyte>(),
        [typeof(byte)] = () => new IntegerFormatter<byte>(),
        [typeof(bool)] = () => new BooleanFormatter(),
        [typeof(double)] = () => new DoubleFormatter(),
        [typeof(string)] = () => new StringFormatter(),
        [typeof(Guid)] = () => new GuidFormatter(),
        [typeof(Hash256)] = () => new Hash256Formatter(),
        [typeof(TimeSpan)] = () => new TimeSpanFormatter(),
        [typeof(byte[])] = () => new ByteArrayFormatter(),
        [typeof(ReadOnlyMemory<byte>)] = () => new MemoryFormatter(),
        [typeof(ValueArray<byte>)] = () => new ByteValueArrayFormatter(),
    };

    /// <summary>A new <see cref="WireFormatter{T}"/> of the type.</summary>
    public static WireFormatter Create(Type type)
    {
        if (Scalars.TryGetValue(type, out var scalar))
            return scalar();

        if (type.IsEnum)
            return Make(typeof(EnumFormatter<>), type);

        if (type.IsSZArray)
            return Make(typeof(ArrayFormatter<>), type.GetElementType()!);

        if (IsGeneric(type, typeof(ValueArray<>)))
            return Make(typeof(ValueArrayFormatter<>), type.GetGenericArguments()[0]);

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return RecordShape.IsTransparentOverNil(underlying)
                ? Unsupported(type, "its value may be nil itself, so nil would have two meanings")
                : Make(typeof(NullableFormatter<>), underlying);
        }

        if (type == typeof(object) || (type.IsAbstract && !IsSystem(type)))
            return Make(typeof(TaggedFormatter<>), type);

        return !IsSystem(type) && RecordShape.TryOf(type, out _, out var why)
            ? Make(typeof(RecordFormatter<>), type)
            : Unsupported(type, "it is no record of values that have one");

        WireFormatter Unsupported(Type unsupported, string reason) =>
            (WireFormatter)Activator.CreateInstance(
                typeof(UnsupportedFormatter<>).MakeGenericType(unsupported), reason)!;
    }

    /// <summary>The formatter that <see cref="WireFormatterOf{T}"/> holds for a type.</summary>
    public static WireFormatter Get(Type type) =>
        (WireFormatter)InstanceField(typeof(WireFormatterOf<>), type).GetValue(null)!;

    /// <summary>The static field <c>Instance</c> of a generic holder.</summary>
    public static FieldInfo InstanceField(Type holder, Type argument) =>
        holder.MakeGenericType(argument).GetField("Instance")!;

    private static bool IsGeneric(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    // Types of the platform have constructors that look like a record's and lose what they do not name (DateTime).
    private static bool IsSystem(Type type) =>
        type.Namespace is { } name && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));

    private static WireFormatter Make(Type definition, Type argument) =>
        (WireFormatter)Activator.CreateInstance(definition.MakeGenericType(argument))!;
}
