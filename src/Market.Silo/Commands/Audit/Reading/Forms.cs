namespace Market.Silo.Commands.Audit.Reading;

/// <summary>Reads one element of a list or record.</summary>
internal delegate T FormOf<T>(ref FormReader reader);

/// <summary>The forms of values that many events have.</summary>
internal static class Forms
{
    public static Moment Moment(this ref FormReader reader) => new(reader.Int64());

    public static Moment? OptionalMoment(this ref FormReader reader) => reader.TryNil() ? null : reader.Moment();

    public static Hash32 Hash(this ref FormReader reader) => Hash32.From(reader.Binary(Hash32.Size));

    public static Guid Id(this ref FormReader reader) => new(reader.Binary(16), bigEndian: true);

    public static Guid? OptionalId(this ref FormReader reader) => reader.TryNil() ? null : reader.Id();

    public static MandateId? OptionalMandate(this ref FormReader reader) =>
        reader.OptionalId() is { } id ? new MandateId(id) : null;

    public static long? OptionalInt64(this ref FormReader reader) => reader.TryNil() ? null : reader.Int64();

    public static AgentNumber Agent(this ref FormReader reader) => new(reader.Int32());

    public static PrincipalNumber Principal(this ref FormReader reader) => new(reader.Int32());

    public static Party Party(this ref FormReader reader) => (Party)reader.Member(2);

    public static Amount Amount(this ref FormReader reader)
    {
        var count = reader.BeginArray(required: 2);
        var amount = new Amount(reader.Int64(), reader.UInt32());
        reader.EndArray(count - 2);
        return amount;
    }

    /// <summary>A record that may be nil.</summary>
    public static T? Optional<T>(this ref FormReader reader, FormOf<T> form)
        where T : class => reader.TryNil() ? null : form(ref reader);

    public static Items<T> List<T>(this ref FormReader reader, FormOf<T> form)
    {
        var count = reader.BeginArray();
        var values = new T[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = form(ref reader);
        }

        reader.EndArray(0);
        return new Items<T>(values);
    }
}
