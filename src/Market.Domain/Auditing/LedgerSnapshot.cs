using Market.Domain.Settling;

namespace Market.Domain.Auditing;

/// <summary>
/// The state of a book as bytes, in one form: everything that later decisions depend on, in the order in which
/// entries made it. Accounts' numbers are their places.
/// </summary>
public static class LedgerSnapshot
{
    /// <summary>Version of the form; bytes of another version are refused.</summary>
    public const int FormatVersion = 2;

    private const int FirstCapacity = 4096;

    /// <summary>The state as bytes.</summary>
    public static byte[] Save(LedgerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var writer = new CanonicalWriter(FirstCapacity);
        writer.Int32(FormatVersion).Int64(state.LastEntry.Value).Int64(state.LastTime.Ticks);
        SaveAccounts(writer, state.Accounts);
        state.Mandates.Save(writer);
        SaveDeals(writer, state.Deals);
        SaveCommands(writer, state.Commands);
        SaveHolds(writer, state.Holds);
        return writer.Written.ToArray();
    }

    /// <summary>The state that was saved.</summary>
    /// <exception cref="FormatException">The bytes are not a state that this version saved.</exception>
    public static LedgerState Load(ReadOnlySpan<byte> bytes) => LedgerSnapshotReader.Read(bytes);

    private static void SaveAccounts(CanonicalWriter writer, KeyedTable<AccountName, Account> accounts)
    {
        writer.Int32(accounts.Count);
        for (var i = 0; i < accounts.Count; i++)
        {
            ref readonly var account = ref accounts[i];
            writer.Account(account.Name)
                .Int64(account.DebitsPosted)
                .Int64(account.CreditsPosted)
                .Int64(account.DebitsPending)
                .Int64(account.CreditsPending);
        }
    }

    private static void SaveDeals(CanonicalWriter writer, KeyedTable<DealId, DealRow> deals)
    {
        writer.Int32(deals.Count);
        for (var i = 0; i < deals.Count; i++)
        {
            ref readonly var row = ref deals[i];
            writer.Hash(row.Id.Value)
                .Hash(row.TermsHash)
                .Int64(row.Entry.Value)
                .Int64(row.ClosedBy.Value)
                .Int64(row.At.Ticks)
                .Int64(row.DeliveryDeadline.Ticks)
                .Byte((byte)row.Status);
            if (row.Causes is { } causes)
            {
                SaveRefused(writer, causes.Buyer);
                SaveRefused(writer, causes.Seller);
            }
        }
    }

    private static void SaveRefused(CanonicalWriter writer, LedgerRefused? refused) =>
        writer.Int32((int)(refused?.Reason ?? 0))
            .OptionalInt64(refused?.Asked)
            .OptionalInt64(refused?.Allowed)
            .OptionalInt64(refused?.Entry?.Value);

    private static void SaveCommands(CanonicalWriter writer, KeyedTable<LedgerCommandId, CommandRow> commands)
    {
        writer.Int32(commands.Count);
        for (var i = 0; i < commands.Count; i++)
        {
            ref readonly var row = ref commands[i];
            writer.Hash(row.Id.Value)
                .Hash(row.PayloadHash)
                .Int64(row.Entry.Value)
                .Byte((byte)row.Hold)
                .Int64(row.HoldClosedBy.Value)
                .Int64(row.HoldPosted);
        }
    }

    private static void SaveHolds(CanonicalWriter writer, OpenHolds holds)
    {
        writer.Int32(holds.Count);
        foreach (var hold in holds.ByDeadline)
        {
            writer.Int64(hold.Entry.Value)
                .Int64(hold.ExpiresAt.Ticks)
                .Int32(hold.DealPlace)
                .Int32(hold.CommandPlace)
                .Int32(hold.BuyerMandate)
                .Int32(hold.SellerMandate)
                .Int64(hold.TotalMinor)
                .Int32(hold.Postings.Count);
            foreach (ref readonly var posting in hold.Postings.AsSpan())
            {
                writer.Int32(posting.Debit.Value).Int32(posting.Credit.Value).Int64(posting.Amount);
            }
        }
    }
}
