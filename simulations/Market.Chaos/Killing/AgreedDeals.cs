using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains.Hosting;

namespace Market.Chaos.Killing;

/// <summary>Every agreed deal ended settled, by exactly one entry of the ledger, or failed, by none (INV-7).</summary>
internal sealed record AgreedDeals(int Settled, int Failed)
{
    /// <summary>Compares negotiations with the ledger.</summary>
    public static AgreedDeals Check(JournalView journal, Findings findings)
    {
        var booked = journal.Entries.Select(static e => e.Event).OfType<DealBooked>().ToLookup(static e => e.Deal);
        var (settledCount, failedCount) = (0, 0);
        foreach (var stream in journal.Entries.Where(static e => e.Grain.Kind == GrainKind.Negotiation)
            .GroupBy(static e => e.Grain))
        {
            var events = stream.Select(static e => e.Event).ToList();
            if (events.Select(DealOf).FirstOrDefault(static d => d is not null) is not { } deal)
            {
                findings.Require(
                    !events.Any(static e => e is DealSettled or DealNotSettled),
                    () => $"{stream.Key} settled what was not agreed.");
                continue;
            }

            var settled = events.OfType<DealSettled>().Count();
            var failed = events.OfType<DealNotSettled>().Count();
            var entries = booked[deal].Count();
            findings.Require(
                settled + failed == 1 && entries == settled,
                () => $"{deal} ended settled {settled} times and failed {failed} times; {entries} entries book it.");
            (settledCount, failedCount) = (settledCount + settled, failedCount + failed);
        }

        findings.Require(
            booked.Count == settledCount,
            () => $"The ledger has {booked.Count} deals; the negotiations have {settledCount}.");
        return new AgreedDeals(settledCount, failedCount);
    }

    private static DealId? DealOf(object @event) => @event switch
    {
        OfferAccepted accepted => accepted.Deal,
        PostedPriceTaken taken => taken.Deal,
        _ => null,
    };
}
