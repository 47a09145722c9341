using System.Runtime.CompilerServices;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// Collects what is wrong. Errors of rows come in the order of the rows; those of signatures come later, from other
/// threads.
/// </summary>
internal sealed class AuditFindings
{
    // One damaged row can put a whole stream behind it in the wrong; more than these tell nobody anything.
    private const int ListedMax = 100;

    private readonly Lock _gate = new();
    private readonly List<AuditError> _ofRows = [];
    private readonly List<AuditError> _ofSignatures = [];
    private readonly List<AuditError> _ofStore = [];
    private long _count;

    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>The row is wrong.</summary>
    public void Add(StoredRow row, string what) => Add(_ofRows, new(row.Position, row.Stream, row.Version, what));

    /// <summary>The row is wrong unless something holds, and says so.</summary>
    /// <returns>Whether it holds.</returns>
    public bool Require(
        StoredRow row, bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref FindingText otherwise)
    {
        if (!holds)
        {
            Add(row, otherwise.ToStringAndClear());
        }

        return holds;
    }

    /// <summary>The row is wrong unless something holds.</summary>
    /// <returns>Whether it holds.</returns>
    public bool Require(StoredRow row, bool holds, string otherwise)
    {
        if (!holds)
        {
            Add(row, otherwise);
        }

        return holds;
    }

    /// <summary>A signature of a row is wrong.</summary>
    public void AddSignature(AuditError error) => Add(_ofSignatures, error);

    /// <summary>
    /// A row that cannot be read, or does not exist, is wrong; or, at position 0, the store as a whole.
    /// </summary>
    public void AddStore(long position, long stream, long version, string what) =>
        Add(_ofStore, new(position, stream, version, what));

    /// <summary>The errors by position, those of no row last.</summary>
    public IReadOnlyList<AuditError> ToList()
    {
        lock (_gate)
        {
            return
            [
                .. _ofRows.Concat(_ofSignatures).Concat(_ofStore)
                    .OrderBy(static e => e.Position == 0 ? long.MaxValue : e.Position)
                    .Take(ListedMax),
            ];
        }
    }

    private void Add(List<AuditError> errors, AuditError error)
    {
        lock (_gate)
        {
            _count++;
            if (errors.Count < ListedMax || ReferenceEquals(errors, _ofSignatures))
            {
                errors.Add(error);
            }
        }
    }
}
