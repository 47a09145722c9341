using System.Collections.Frozen;
using System.Reflection;
using Market.Domain.Wire.Formatters;

namespace Market.Domain.Wire;

/// <summary>
/// Message type ↔ number: every record with a <see cref="WireTypeAttribute"/> of this assembly, and of the assemblies
/// that
/// a program registers when it starts. A message of a type known only at run time is written as
/// <c>[number, payload]</c>; so are events in the journal.
/// <para>Numbers: 1–99 session; 100–199 agent messages to the market; 200–299 answers; 300–399 notifications; 400–499
/// negotiation events; 500–599 ledger commands; 600–699 ledger events; 700–799 agent and directory events; 800–899
/// messages between grains; 900–999 evidence and receipts; 60,000 and up for tests.</para>
/// </summary>
public static class WireCatalog
{
    private static readonly Lock Gate = new();
    private static volatile Index? _index;

    private static Index Current => _index ?? Extend(typeof(WireCatalog).Assembly);

    /// <summary>Every message type with its number, by growing number.</summary>
    public static IReadOnlyList<KeyValuePair<int, Type>> Types =>
        [.. Current.ByNumber.Values.OrderBy(static e => e.Number)
            .Select(static e => KeyValuePair.Create(e.Number, e.Type))];

    /// <summary>Adds an assembly's message types; one that is known already adds nothing.</summary>
    /// <exception cref="InvalidOperationException">Two types have the same number, a number is out of range, or a type
    /// is
    /// abstract, generic, or without a wire form. The catalog is then as it was.</exception>
    public static void Register(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        Extend(assembly);
    }

    /// <summary>The number of a message type.</summary>
    /// <exception cref="ArgumentException">The type has none.</exception>
    public static int NumberOf(Type type) => EntryOf(type).Number;

    /// <summary>The message type of a number, or null where no type has it.</summary>
    public static Type? TypeOf(int number) => Current.ByNumber.GetValueOrDefault(number)?.Type;

    /// <summary>The bytes of <c>[number, payload]</c>.</summary>
    /// <exception cref="ArgumentException">The type has no number, or the value could not be read back.</exception>
    public static byte[] EncodeTagged(object message)
    {
        using var writer = MessagePackWriter.Rent();
        WriteTagged(writer, message);
        return writer.ToArray();
    }

    /// <summary>The message whose <c>[number, payload]</c> these bytes are, all of them.</summary>
    /// <exception cref="WireFormatException">They are not, or no type has the number; nothing else escapes.</exception>
    public static object DecodeTagged(ReadOnlySpan<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        var message = WireFormat.Read<object>(ref reader);
        reader.RequireEnd();
        return message;
    }

    /// <summary>Appends <c>[number, payload]</c>.</summary>
    /// <exception cref="ArgumentException">As for <see cref="EncodeTagged"/>.</exception>
    public static void WriteTagged(MessagePackWriter writer, object message)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(message);
        var entry = EntryOf(message.GetType());
        writer.BeginArray(2);
        writer.WriteInt64(entry.Number);
        entry.Formatter.WriteObject(writer, message);
        writer.EndArray();
    }

    /// <summary>The bytes of a frame, <c>[number, correlation, payload]</c>.</summary>
    /// <param name="correlation">Which request it is, or answers; 0 for none.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="ArgumentException">As for <see cref="EncodeTagged"/>.</exception>
    public static byte[] EncodeFrame(uint correlation, object message)
    {
        using var writer = MessagePackWriter.Rent();
        WriteFrame(writer, correlation, message);
        return writer.ToArray();
    }

    /// <summary>Appends a frame, <c>[number, correlation, payload]</c>.</summary>
    /// <exception cref="ArgumentException">As for <see cref="EncodeTagged"/>.</exception>
    public static void WriteFrame(MessagePackWriter writer, uint correlation, object message)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(message);
        var entry = EntryOf(message.GetType());
        writer.BeginArray(3);
        writer.WriteInt64(entry.Number);
        writer.WriteUInt64(correlation);
        entry.Formatter.WriteObject(writer, message);
        writer.EndArray();
    }

    /// <summary>Appends a message's payload alone.</summary>
    /// <exception cref="ArgumentException">As for <see cref="EncodeTagged"/>.</exception>
    public static void WritePayload(MessagePackWriter writer, object message)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(message);
        EntryOf(message.GetType()).Formatter.WriteObject(writer, message);
    }

    /// <summary>Reads the payload of the message type that has a number.</summary>
    /// <exception cref="WireFormatException">No type has the number, or the payload is not of its form.</exception>
    public static object ReadPayload(int number, ref MessagePackReader reader)
    {
        var entry = Find(number, reader.Position, typeof(object));
        try
        {
            return entry.Formatter.ReadObject(ref reader);
        }
        catch (Exception refusal) when (WireFormat.IsRefusal(refusal))
        {
            throw WireFormat.Refused(in reader, refusal);
        }
    }

    /// <summary>Reads <c>[number, payload]</c> of a type that is a <paramref name="kind"/>.</summary>
    internal static object ReadTagged(ref MessagePackReader reader, Type kind)
    {
        var count = reader.BeginArray(required: 2);
        var start = reader.Position;
        var entry = Find(reader.ReadInt64(), start, kind);
        var message = entry.Formatter.ReadObject(ref reader);
        reader.EndArray(unread: count - 2);
        return message;
    }

    private static Entry Find(long number, int offset, Type kind)
    {
        var entry = number is >= 0 and <= ushort.MaxValue ? Current.ByNumber.GetValueOrDefault((int)number) : null;
        return entry is not null && kind.IsAssignableFrom(entry.Type)
            ? entry
            : throw new WireFormatException(
                WireFormatReason.UnknownMessageType, offset, $"{number} is the number of no {kind.Name} known here.");
    }

    private static Entry EntryOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return Current.ByType.GetValueOrDefault(type) ?? throw new ArgumentException(
            $"{type} has no number: give it a [WireType(number)], and register its assembly.", nameof(type));
    }

    private static Index Extend(Assembly assembly)
    {
        lock (Gate)
        {
            var own = typeof(WireCatalog).Assembly;
            var index = _index ?? Index.Empty.With(own);
            return _index = assembly == own ? index : index.With(assembly);
        }
    }

    private sealed record Entry(int Number, Type Type, WireFormatter Formatter);

    /// <summary>The catalog at one moment; replaced, never changed, so that readers take no lock.</summary>
    private sealed record Index(FrozenDictionary<int, Entry> ByNumber, FrozenDictionary<Type, Entry> ByType)
    {
        public static Index Empty { get; } =
            new(FrozenDictionary<int, Entry>.Empty, FrozenDictionary<Type, Entry>.Empty);

        public Index With(Assembly assembly)
        {
            var entries = new Dictionary<int, Entry>(ByNumber);
            foreach (var type in assembly.GetTypes())
            {
                if (type.GetCustomAttribute<WireTypeAttribute>() is not { } attribute || ByType.ContainsKey(type))
                    continue;

                var entry = Describe(type, attribute.Number);
                if (!entries.TryAdd(attribute.Number, entry))
                {
                    throw new InvalidOperationException(
                        $"{type} and {entries[attribute.Number].Type} both have the wire number {attribute.Number}.");
                }
            }

            return new Index(
                entries.ToFrozenDictionary(), entries.Values.ToFrozenDictionary(static entry => entry.Type));
        }

        private static Entry Describe(Type type, int number)
        {
            if (number is < 0 or > ushort.MaxValue)
                throw new InvalidOperationException($"{type} has the wire number {number}; it must be 0 to 65,535.");

            if (type.IsAbstract || type.IsGenericTypeDefinition)
                throw new InvalidOperationException($"{type} is abstract or generic; only others have numbers.");

            return WireFormatterFactory.Get(type) is not IUnsupportedFormatter unsupported
                ? new Entry(number, type, WireFormatterFactory.Get(type))
                : throw new InvalidOperationException(unsupported.Reason);
        }
    }
}
