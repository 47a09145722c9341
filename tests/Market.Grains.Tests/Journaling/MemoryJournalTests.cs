using Market.Grains.Journaling;

namespace Market.Grains.Tests.Journaling;

public sealed class MemoryJournalTests : JournalConformance
{
    protected override Task<IJournal> OpenJournalAsync() => Task.FromResult<IJournal>(new MemoryJournal());
}

public sealed class MemoryJournalInterleavingTests : JournalInterleavingConformance
{
    protected override Task<IJournal> OpenJournalAsync() => Task.FromResult<IJournal>(new MemoryJournal());
}
