namespace Market.Domain.Settling;

/// <summary>
/// The rows of an <see cref="EntryIndex"/> in the order in which they came, in blocks of a fixed size: a full block
/// never changes, so that a snapshot writes each once. A block is kept until a snapshot has it.
/// </summary>
internal sealed class EntryIndexLog
{
    /// <summary>Rows of a block.</summary>
    public const int BlockRows = 65_536;

    private readonly List<Block> _unsaved = [];
    private Block? _open;

    /// <summary>Number of the first block that is not saved yet.</summary>
    public int SavedCount { get; private set; }

    /// <summary>Blocks that are full and not saved, in their order, the first one numbered
    /// <see cref="SavedCount"/>.</summary>
    public IReadOnlyList<Block> Unsaved => _unsaved;

    /// <summary>Rows of the block that is not full yet.</summary>
    public (byte[] Tables, ulong[] Slots) CopyOpen() => _open is { } open
        ? (open.Tables.AsSpan(0, open.Count).ToArray(), open.Slots.AsSpan(0, open.Count).ToArray())
        : ([], []);

    public void Add(int table, ulong slot)
    {
        var open = _open ??= new Block();
        open.Tables[open.Count] = (byte)table;
        open.Slots[open.Count] = slot;
        if (++open.Count == BlockRows)
        {
            _unsaved.Add(open);
            _open = null;
        }
    }

    /// <summary>Goes on after so many saved blocks.</summary>
    public void Restore(int savedCount) => SavedCount = savedCount;

    /// <summary>A snapshot holds so many blocks: they need not be kept.</summary>
    public void Saved(int count)
    {
        if (count > SavedCount)
        {
            _unsaved.RemoveRange(0, count - SavedCount);
            SavedCount = count;
        }
    }

    /// <summary>Rows in the order in which they came.</summary>
    internal sealed class Block
    {
        // Filled from the front, and read no further than that.
        public byte[] Tables { get; } = GC.AllocateUninitializedArray<byte>(BlockRows);

        public ulong[] Slots { get; } = GC.AllocateUninitializedArray<ulong>(BlockRows);

        public int Count { get; set; }
    }
}
