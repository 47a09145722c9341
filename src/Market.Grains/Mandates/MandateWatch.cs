using Market.Domain;
using Market.Domain.Mandates;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Domain.Wire;
using Market.Grains.Journaling;
using Market.Grains.Watching;

namespace Market.Grains.Mandates;

/// <summary>
/// Follows the journal for what mandates allow, and for the open negotiations under them. It answers negotiations that
/// ask whether a binding act would exceed its own side's mandate, and it knows whose mandate was stopped and who has
/// to be told so.
/// <para>How old the copy can be: it takes each row before the row's own caller is answered, so whoever has the answer
/// to a grant, a revocation or a settlement finds it here; it lacks what is decided and not durable yet.</para>
/// </summary>
/// <param name="journal">The journal it follows.</param>
public sealed class MandateWatch(IJournal journal)
    : NegotiationWatch<MandateId>(journal, "mandates"), IMandateAdvisor
{
    private MandateCopies _copies = new();

    /// <inheritdoc/>
    public bool IsOf(MandateId mandate, PrincipalNumber principal)
    {
        lock (Gate)
        {
            return _copies.IsOf(mandate, principal);
        }
    }

    /// <inheritdoc/>
    public LedgerRefused? Advise(in MandatedDeal deal, LedgerTime now)
    {
        lock (Gate)
        {
            return _copies.Advise(deal, now);
        }
    }

    /// <inheritdoc/>
    protected override OpenNegotiation<MandateId>? OpenedBy(JournalRow row) => MandateRows.OpenedBy(row);

    /// <inheritdoc/>
    protected override void TakeEntry(JournalRow row, int number)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (MandateRows.EntryOf(row, number, _copies.OpenCount > 0) is not { } entry)
        {
            return;
        }

        _copies.Apply(entry, new EntryNumber(row.Version));
        MandateId? stopped = entry switch
        {
            MandateRevoked revoked => revoked.Mandate,
            MandateSuspended suspended => suspended.Mandate,
            _ => null,
        };
        foreach (var member in stopped is { } mandate ? _copies.FamilyOf(mandate) : [])
        {
            End(member);
        }
    }

    /// <inheritdoc/>
    protected override bool HasEnded(MandateId key) => _copies.IsStopped(key);

    /// <inheritdoc/>
    protected override NegotiationCommand WordOf(MandateId ended) => new EndUnderMandate(ended);

    /// <inheritdoc/>
    protected override byte[] Save() => WireFormat.Encode(new SavedMandateWatch(_copies.Save(), Open));

    /// <inheritdoc/>
    protected override bool TryLoad(ReadOnlySpan<byte> state)
    {
        try
        {
            var saved = WireFormat.Decode<SavedMandateWatch>(state);
            _copies = MandateCopies.Load(saved.Copies.Span);
            foreach (var open in saved.Open)
            {
                Add(open);
            }

            return true;
        }
        catch (WireFormatException)
        {
            return false; // another version's form: the journal is read from its start instead
        }
    }
}
