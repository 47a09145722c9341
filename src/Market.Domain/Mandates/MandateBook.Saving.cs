using Market.Domain.Auditing;
using Market.Domain.Settling;
using Market.Domain.Wire;

namespace Market.Domain.Mandates;

/// <content>Saving and loading; mandates are written in their wire form, the rest in fixed width.</content>
internal sealed partial class MandateBook
{
    // A little less than the smallest row: bounds what a wrong count can allocate.
    private const int RowBytesMin = 64;
    private const int ChangeBytes = 9;

    /// <summary>Writes all mandates in the order in which they were granted.</summary>
    public void Save(CanonicalWriter writer)
    {
        writer.Int32(Count);
        for (var i = 0; i < Count; i++)
        {
            ref readonly var row = ref this[i];
            var mandate = WireFormat.Encode(row.Mandate);
            writer.Int32(mandate.Length)
                .Tag(mandate)
                .Int64(row.Usage.HeldMinor)
                .Int64(row.Usage.PostedMinor)
                .Int64(row.WindowStart.Ticks)
                .Int64(row.WindowUsedMinor)
                .Int32(row.OpenHolds)
                .Int64(row.Deals)
                .Int64(row.GrantedBy.Value)
                .Int32(row.Changes.Count);
            foreach (var change in row.Changes)
            {
                writer.Byte((byte)change.Status).Int64(change.Entry.Value);
            }
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote into an empty book.</summary>
    /// <exception cref="FormatException">The bytes are not what it wrote.</exception>
    public void Load(ref CanonicalReader reader)
    {
        var count = reader.Count(RowBytesMin);
        for (var i = 0; i < count; i++)
        {
            var mandate = ReadMandate(ref reader);
            _ = _rows.Add(new MandateRow
            {
                Mandate = mandate,
                Parent = PlaceOf(mandate.Parent),
                Usage = new MandateUsage(reader.Int64(), reader.Int64()),
                WindowStart = new LedgerTime(reader.Int64()),
                WindowUsedMinor = reader.Int64(),
                OpenHolds = reader.Int32(),
                Deals = reader.Int64(),
                GrantedBy = new EntryNumber(reader.Int64()),
                Changes = ReadChanges(ref reader),
            });
        }
    }

    private static Mandate ReadMandate(ref CanonicalReader reader)
    {
        try
        {
            return WireFormat.Decode<Mandate>(reader.Bytes(reader.Count(rowBytesMin: 1)));
        }
        catch (WireFormatException damaged)
        {
            throw new FormatException("A saved mandate is not one that this version wrote.", damaged);
        }
    }

    private static ValueArray<MandateChange> ReadChanges(ref CanonicalReader reader)
    {
        var changes = new MandateChange[reader.Count(ChangeBytes)];
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = new MandateChange((MandateStatus)reader.Byte(), new EntryNumber(reader.Int64()));
        }

        return new ValueArray<MandateChange>(changes);
    }
}
