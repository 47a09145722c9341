using Market.Domain.Settling;

namespace Market.Domain.Mandates;

/// <content>
/// Mandates as their standings, which is how they are shown, saved and compared. What a window before the last entry's
/// had used is left out: nothing depends on it any more.
/// </content>
internal sealed partial class MandateBook
{
    /// <summary>The mandate at a place, and what is used of it in the window of the last entry.</summary>
    public MandateStanding StandingOf(int place, EntryNumber lastEntry, LedgerTime lastTime)
    {
        ref readonly var row = ref this[place];
        return new MandateStanding(
            lastEntry,
            row.Mandate,
            row.Usage,
            row.GrantedBy,
            row.Status == MandateStatus.Revoked ? row.Changes[^1].Entry : null,
            row.Changes,
            row.UsedIn(lastTime),
            row.OpenHolds,
            row.Deals);
    }

    /// <summary>Puts a mandate back as it stood; in the order in which mandates were granted.</summary>
    public void Restore(MandateStanding standing, LedgerTime lastTime) => _ = _rows.Add(new MandateRow
    {
        Mandate = standing.Mandate,
        Parent = PlaceOf(standing.Mandate.Parent),
        Usage = standing.Usage,
        WindowStart = BudgetWindows.StartOf(standing.Mandate.Window, lastTime),
        WindowUsedMinor = standing.WindowUsedMinor,
        OpenHolds = standing.OpenHolds,
        Deals = standing.Deals,
        GrantedBy = standing.GrantedBy,
        Changes = standing.Changes,
    });
}
