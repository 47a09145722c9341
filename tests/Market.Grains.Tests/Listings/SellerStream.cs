using Market.Domain.Wire;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Grains.Tests.Journaling;
using Market.Testing;

namespace Market.Grains.Tests.Listings;

/// <summary>A seller's rows in a journal, as its activation would append them.</summary>
internal sealed class SellerStream(MemoryJournal journal)
{
    private static readonly GrainId Seller = GrainId.OfSeller(Some.SellerAgent);

    private long _version;

    public async Task AppendAsync(object @event)
    {
        var append = new TestAppend(Seller, new JournalRow(
            0, 1, ++_version, 7, _version == 1 ? 0 : 7, null, default, WireCatalog.EncodeTagged(@event), default));
        journal.Append(append);
        Assert.Equal(AppendOutcome.Appended, await append.Outcome);
    }
}
