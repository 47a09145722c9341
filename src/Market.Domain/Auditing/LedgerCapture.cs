using Market.Domain.Settling;
using Market.Domain.Wire;

namespace Market.Domain.Auditing;

/// <summary>A copy of a state, to be made into bytes on whatever thread, while the state goes on.</summary>
public sealed class LedgerCapture
{
    private readonly LedgerContent _content;
    private readonly RememberedRow[] _recent;
    private readonly EntryIndexLog.Block[] _blocks;
    private readonly (byte[] Tables, ulong[] Slots) _open;

    internal LedgerCapture(
        LedgerContent content,
        RememberedRow[] recent,
        EntryIndexLog.Block[] blocks,
        int firstPart,
        (byte[] Tables, ulong[] Slots) open)
    {
        (_content, _recent, _blocks, FirstPart, _open) = (content, recent, blocks, firstPart, open);
    }

    /// <summary>Number of the first part that is new; those before were saved earlier.</summary>
    public int FirstPart { get; }

    /// <summary>Parts of the state in all; those from <see cref="FirstPart"/> on are to be saved.</summary>
    public int PartCount => FirstPart + _blocks.Length;

    /// <summary>The state but for its parts.</summary>
    public byte[] EncodeState() => WireFormat.Encode(new LedgerDocument(
        LedgerSnapshot.FormatVersion,
        _content,
        new ValueArray<RememberedRow>(_recent),
        PartCount,
        _open.Tables,
        LedgerParts.ToBytes(_open.Slots)));

    /// <summary>One new part.</summary>
    /// <param name="number">From <see cref="FirstPart"/> and below <see cref="PartCount"/>.</param>
    public byte[] EncodePart(int number) => LedgerParts.Encode(_blocks[number - FirstPart]);
}
