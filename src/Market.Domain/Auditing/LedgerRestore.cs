using System.Buffers.Binary;
using Market.Domain.Settling;

namespace Market.Domain.Auditing;

/// <summary>Makes a state of what was saved. The journal has checked the bytes' hashes before.</summary>
internal static class LedgerRestore
{
    public static LedgerState Restore(
        LedgerDocument document, IReadOnlyList<ReadOnlyMemory<byte>> parts, int entriesMax)
    {
        var content = document.Content;
        var state = new LedgerState(entriesMax);
        state.Restore(content.LastEntry, content.LastTime);
        RestoreAccounts(state, content);
        foreach (var standing in content.Mandates)
        {
            state.Mandates.Restore(standing, content.LastTime);
        }

        foreach (var hold in content.Holds)
        {
            state.AddHold(new OpenHold(
                hold.Entry, hold.ExpiresAt, hold.Postings, hold.Deal, hold.Command,
                PlaceOf(state, hold.BuyerMandate), PlaceOf(state, hold.SellerMandate), hold.TotalMinor,
                hold.SettledAt));
        }

        foreach (var claim in content.Claims)
        {
            state.Claims.Add(claim.Entry, new OpenClaim(
                claim.Deal, claim.Postings, claim.PaidMinor,
                PlaceOf(state, claim.BuyerMandate), PlaceOf(state, claim.SellerMandate), claim.SettledAt));
        }

        foreach (var reversed in content.Reversals)
        {
            state.Reversals.Add(reversed.Settled, [.. reversed.Amounts]);
        }

        RestoreMemory(state.Memory, document, parts);
        return state;
    }

    private static void RestoreAccounts(LedgerState state, LedgerContent content)
    {
        foreach (ref readonly var saved in content.Accounts.AsSpan())
        {
            while (state.Accounts.Count < saved.Number.Value)
            {
                state.SkipAccount();
            }

            state.Open(saved.Name);
            ref var account = ref state.Accounts[saved.Number.Value];
            account.DebitsPosted = saved.DebitsPosted;
            account.CreditsPosted = saved.CreditsPosted;
            account.DebitsPending = saved.DebitsPending;
            account.CreditsPending = saved.CreditsPending;
        }

        while (state.Accounts.Count < content.AccountNumbers)
        {
            state.SkipAccount();
        }
    }

    private static int PlaceOf(LedgerState state, MandateId? mandate)
    {
        if (mandate is not { } id)
        {
            return OpenHold.None;
        }

        return state.Mandates.TryFind(id, out var place)
            ? place
            : throw new FormatException($"The saved ledger state names {id}, which it does not have.");
    }

    private static void RestoreMemory(
        LedgerMemory memory, LedgerDocument document, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        LedgerParts.Read(parts, document.PartCount, memory.Older);
        memory.Log.Restore(document.PartCount);
        if (document.OpenSlots.Length != document.OpenTables.Length * sizeof(ulong))
        {
            throw new FormatException("The saved ledger state's open part is damaged.");
        }

        for (var i = 0; i < document.OpenTables.Length; i++)
        {
            var slot = BinaryPrimitives.ReadUInt64LittleEndian(document.OpenSlots.AsSpan(i * sizeof(ulong)));
            memory.Older.Add(document.OpenTables[i], slot);
            memory.Log.Add(document.OpenTables[i], slot);
        }

        foreach (ref readonly var row in document.Recent.AsSpan())
        {
            memory.Add(row);
        }
    }
}
