using System.Buffers.Binary;
using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

/// <summary>
/// What an activation is to the journal: a writer that assumes each of its rows to follow the one before.
/// </summary>
internal sealed class TestStream(IJournal journal, GrainId grain, StreamHead head, long writer)
{
    private long _version = head.Version;
    private long _previousWriter = head.Writer;

    public long Stream => head.Number;

    public static GrainId NewGrain() => GrainId.Of(new NegotiationId(Guid.CreateVersion7()));

    public static async Task<TestStream> OpenAsync(IJournal journal, GrainId? grain = null, long writer = 7)
    {
        var id = grain ?? NewGrain();
        return new TestStream(journal, id, await journal.OpenAsync(id), writer);
    }

    /// <summary>Queues the next row, of a body that names stream and version.</summary>
    public TestAppend Append(
        Audience audience = default, LedgerTime? dueAt = null, Action<TestAppend>? onCompleted = null)
    {
        var append = Make(_version + 1, _previousWriter, audience, dueAt, onCompleted);
        _version++;
        _previousWriter = writer;
        journal.Append(append);
        return append;
    }

    /// <summary>A row with a version and a predecessor of the test's choice; not queued.</summary>
    public TestAppend Make(
        long version,
        long previousWriter,
        Audience audience = default,
        LedgerTime? dueAt = null,
        Action<TestAppend>? onCompleted = null)
    {
        var body = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(body, head.Number);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(8), version);
        var hash = RowHash.Of(Hash256.Zero, head.Number, version, writer, previousWriter, dueAt, audience, body);
        return new TestAppend(
            grain,
            new JournalRow(0, head.Number, version, writer, previousWriter, dueAt, audience, body, hash),
            onCompleted);
    }
}
