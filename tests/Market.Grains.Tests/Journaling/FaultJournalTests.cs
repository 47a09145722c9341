using Market.Grains.Journaling;
using Market.Testing.Faults;

namespace Market.Grains.Tests.Journaling;

/// <summary>Without a fault the decorator is the journal beneath it.</summary>
public sealed class FaultJournalTests : JournalConformance, IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Calls_are_numbered_and_the_nth_call_of_any_kind_meets_the_fault()
    {
        await using var journal = new FaultJournal(new MemoryJournal(), FaultPlan.AtCall(3, StorageFault.FailBefore));
        await journal.OpenAsync(TestStream.NewGrain());
        await journal.ReadForwardAsync(0, 1);

        await Assert.ThrowsAsync<StoreOperationException>(
            () => journal.SaveProjectionAsync("deadlines", 1, default).AsTask());
        Assert.Equal((3, 1), (journal.CallCount, journal.CountOf(StorageFault.FailBefore)));
        Assert.Equal(0, (await journal.LoadProjectionAsync("deadlines")).Position);
    }

    [Fact]
    public async Task After_the_stop_reads_fail_saves_do_nothing_and_the_journal_beneath_is_as_it_was()
    {
        await using var beneath = new MemoryJournal();
        var journal = new FaultJournal(beneath);
        var stream = await TestStream.OpenAsync(journal);
        AssertAppended(await stream.Append().Outcome);

        journal.Stop();

        Assert.Equal(AppendOutcome.Unknown, await stream.Append().Outcome);
        await journal.SaveProjectionAsync("deadlines", 1, default);
        await Assert.ThrowsAsync<StoreOperationException>(() => journal.ReadForwardAsync(0, 1).AsTask());
        Assert.Equal(1, beneath.Head);
        Assert.Equal(0, (await beneath.LoadProjectionAsync("deadlines")).Position);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_seeded_plan_chooses_the_same_again(int seed)
    {
        StorageFault[] faults = [StorageFault.FailBefore, StorageFault.UnknownAfter, StorageFault.Conflict];
        var first = Choices(FaultPlan.Random(seed, 0.3, faults));

        Assert.Equal(first, Choices(FaultPlan.Random(seed, 0.3, faults)));
        Assert.NotEqual(first, Choices(FaultPlan.Random(seed + 1, 0.3, faults)));
        Assert.Equal(faults.Append(StorageFault.None).Order(), first.Distinct().Order());
    }

    public void Dispose() => _folder.Dispose();

    protected override async Task<IJournal> OpenJournalAsync() => new FaultJournal(await _folder.OpenAsync());

    private static List<StorageFault> Choices(FaultPlan plan) =>
        [.. Enumerable.Range(1, 200).Select(i => plan.Choose(new StorageCall(i, StorageOperation.Append, i, null)))];
}

public sealed class FaultJournalInterleavingTests : JournalInterleavingConformance
{
    protected override Task<IJournal> OpenJournalAsync() =>
        Task.FromResult<IJournal>(new FaultJournal(new MemoryJournal()));
}
