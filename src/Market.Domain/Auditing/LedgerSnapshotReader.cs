using Market.Domain.Settling;

namespace Market.Domain.Auditing;

/// <summary>
/// Reads the form that <see cref="LedgerSnapshot"/> writes. The journal has checked the bytes' hash before.
/// </summary>
internal static class LedgerSnapshotReader
{
    // A little less than the smallest row of each table: bounds what a wrong count can allocate.
    private const int RowBytesMin = 32;
    private const int PostingBytes = 16;

    public static LedgerState Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new CanonicalReader(bytes);
        if (reader.Int32() != LedgerSnapshot.FormatVersion)
        {
            throw new FormatException("The saved ledger state has another format version.");
        }

        var lastEntry = new EntryNumber(reader.Int64());
        var state = new LedgerState();
        state.Restore(lastEntry, new LedgerTime(reader.Int64()));
        ReadAccounts(ref reader, state);
        state.Mandates.Load(ref reader);
        ReadDeals(ref reader, state);
        ReadCommands(ref reader, state);
        ReadHolds(ref reader, state);
        reader.End();
        return state;
    }

    private static void ReadAccounts(ref CanonicalReader reader, LedgerState state)
    {
        var count = reader.Count(RowBytesMin);
        for (var i = 0; i < count; i++)
        {
            state.Open(reader.Account());
            ref var account = ref state.Accounts[i];
            account.DebitsPosted = reader.Int64();
            account.CreditsPosted = reader.Int64();
            account.DebitsPending = reader.Int64();
            account.CreditsPending = reader.Int64();
        }
    }

    private static void ReadDeals(ref CanonicalReader reader, LedgerState state)
    {
        var count = reader.Count(RowBytesMin);
        for (var i = 0; i < count; i++)
        {
            var row = new DealRow
            {
                Id = new DealId(reader.Hash()),
                TermsHash = reader.Hash(),
                Entry = new EntryNumber(reader.Int64()),
                ClosedBy = new EntryNumber(reader.Int64()),
                At = new LedgerTime(reader.Int64()),
                DeliveryDeadline = new LedgerTime(reader.Int64()),
                Status = (DealStatus)reader.Byte(),
            };
            row.Causes = row.Status == DealStatus.Refused
                ? new SettlementCauses(ReadRefused(ref reader), ReadRefused(ref reader))
                : null;
            _ = state.Deals.Add(row);
        }
    }

    private static LedgerRefused? ReadRefused(ref CanonicalReader reader)
    {
        var reason = (LedgerRefusal)reader.Int32();
        var refused = new LedgerRefused(
            reason,
            reader.OptionalInt64(),
            reader.OptionalInt64(),
            reader.OptionalInt64() is { } entry ? new EntryNumber(entry) : null);
        return reason == default ? null : refused;
    }

    private static void ReadCommands(ref CanonicalReader reader, LedgerState state)
    {
        var count = reader.Count(RowBytesMin);
        for (var i = 0; i < count; i++)
        {
            _ = state.Commands.Add(new CommandRow
            {
                Id = new LedgerCommandId(reader.Hash()),
                PayloadHash = reader.Hash(),
                Entry = new EntryNumber(reader.Int64()),
                Hold = (HoldStatus)reader.Byte(),
                HoldClosedBy = new EntryNumber(reader.Int64()),
                HoldPosted = reader.Int64(),
            });
        }
    }

    private static void ReadHolds(ref CanonicalReader reader, LedgerState state)
    {
        var count = reader.Count(RowBytesMin);
        for (var i = 0; i < count; i++)
        {
            var entry = new EntryNumber(reader.Int64());
            var expiresAt = new LedgerTime(reader.Int64());
            var (deal, command) = (reader.Int32(), reader.Int32());
            var (buyer, seller) = (reader.Int32(), reader.Int32());
            var total = reader.Int64();
            var postings = new Posting[reader.Count(PostingBytes)];
            for (var k = 0; k < postings.Length; k++)
            {
                postings[k] = new Posting(
                    new AccountNumber(reader.Int32()), new AccountNumber(reader.Int32()), reader.Int64());
            }

            state.Holds.Add(new OpenHold(
                entry, expiresAt, new ValueArray<Posting>(postings), deal, command, buyer, seller, total));
        }
    }
}
