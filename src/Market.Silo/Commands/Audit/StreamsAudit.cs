namespace Market.Silo.Commands.Audit;

/// <summary>
/// The streams: what the store names, that versions have no gaps and follow each other's writers (INV-17), and that
/// times
/// strictly increase (INV-18).
/// </summary>
internal sealed class StreamsAudit(AuditFindings findings)
{
    private readonly Dictionary<long, StoredStream> _streams = [];
    private long _positionDue = 1;

    public long Count => _streams.Count;

    /// <summary>Reads the names of all streams.</summary>
    public void Load(AuditStore store)
    {
        var keys = new HashSet<(StreamKind, Guid)>();
        foreach (var (number, named) in store.ReadStreams())
        {
            if (named is not { } stream)
            {
                findings.AddStore(
                    0, 0, 0, FormattableString.Invariant($"Stream {number} has no name that can be read."));
            }
            else if (!keys.Add((stream.Kind, stream.Key)))
            {
                findings.AddStore(0, stream.Number, 0, $"Two streams are the {stream.Kind} {stream.Key}.");
            }
            else
            {
                _streams.Add(stream.Number, stream);
            }
        }
    }

    /// <summary>The stream of a kind and key; null where there is none.</summary>
    public StoredStream? Find(StreamKind kind, Guid key) =>
        _streams.Values.FirstOrDefault(stream => stream.Kind == kind && stream.Key == key);

    /// <summary>The stream that a row continues, once its place in it is checked; null where it has none.</summary>
    public StoredStream? Follow(StoredRow row)
    {
        findings.Require(
            row, row.Position == _positionDue,
            $"The position before it is {_positionDue - 1}; {_positionDue} should follow.");
        _positionDue = row.Position + 1;
        if (!_streams.TryGetValue(row.Stream, out var stream))
        {
            findings.Add(row, FormattableString.Invariant($"The store names no stream {row.Stream}."));
            return null;
        }

        findings.Require(
            row, row.Version == stream.Version + 1,
            $"The stream's version before it is {stream.Version}; {stream.Version + 1} should follow.");
        findings.Require(
            row, row.PreviousWriter == stream.Writer,
            $"It names {row.PreviousWriter} as writer of the version before, which is {stream.Writer}.");
        findings.Require(row, row.Writer != 0, "It names no writer.");
        stream.Version = row.Version;
        stream.Writer = row.Writer;
        return stream;
    }

    /// <summary>Checks that an event is later than the one before.</summary>
    public void Date(StoredStream stream, long ticks, StoredRow row)
    {
        findings.Require(
            row, ticks > stream.LastTicks,
            $"Its time {ticks} is not after the time {stream.LastTicks} of the version before.");
        stream.LastTicks = ticks;
    }

    /// <summary>
    /// After the last row: streams without any, and snapshots or projections of rows that are not there.
    /// </summary>
    public void Complete(AuditStore store)
    {
        foreach (var stream in _streams.Values.Where(static stream => stream.Version == 0))
        {
            findings.AddStore(0, stream.Number, 0, FormattableString.Invariant($"Stream {stream.Number} has no rows."));
        }

        foreach (var (stream, saved) in store.ReadSnapshots())
        {
            var version = _streams.GetValueOrDefault(stream)?.Version ?? 0;
            if (saved > version)
            {
                findings.AddStore(0, stream, version + 1, FormattableString.Invariant(
                    $"Stream {stream} has a snapshot of version {saved} and ends at {version}: rows are missing."));
            }
        }

        var head = _positionDue - 1;
        var projected = store.ReadLastProjected();
        if (projected > head)
        {
            findings.AddStore(0, 0, 0, FormattableString.Invariant(
                $"A projection has come to position {projected} and the journal ends at {head}: rows are missing."));
        }
    }
}
