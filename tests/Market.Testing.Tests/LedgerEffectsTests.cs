using Market.Domain;
using Market.Domain.Settling;
using Market.Testing.Faults;

namespace Market.Testing.Tests;

public sealed class LedgerEffectsTests
{
    /// <summary>Told once or often, at once or much later: the journal has the one entry that was answered.</summary>
    [Property(MaxTest = 60, Arbitraries = typeof(MarketArbitraries))]
    public void A_command_that_was_done_has_its_one_entry_for_ever(LedgerScript script)
    {
        var book = new LedgerBook();
        var done = new List<(LedgerCommand Command, EntryNumber Entry, bool IsRefused)>();
        foreach (var step in script)
        {
            book.Wait(step.Wait);
            if (step.Command is { } command and not (ExpireHolds or ExportCheckpoint)
                && book.Tell(command) is { } decision
                && (decision.Event is not null || decision.IsAlreadyDone))
            {
                var entry = decision.Event is null ? decision.DoneBy : book.State.LastEntry;
                done.Add((command, entry, decision.Refused is not null));
            }
        }

        Assert.All(done, told =>
        {
            Assert.Equal(told.IsRefused ? [] : [told.Entry.Value], LedgerEffects.PlacesOf(book.Journal, told.Command));
            Assert.Equal(told.IsRefused, LedgerEffects.Refuses(book.EntryAt(told.Entry), told.Command));
        });
    }

    [Fact]
    public void A_mandate_suspended_twice_has_an_entry_for_each_revision()
    {
        var (id, owner) = (TestIds.Mandate(1), TestIds.Principal(1));
        var book = new LedgerBook().Run(
        [
            new GrantMandate(new Domain.Mandates.Mandate(
                id, owner, TestIds.Agent(11), Currency.Usd, 1, 1, TestIds.Start,
                TestIds.Start + TimeSpan.FromDays(1))),
            new SuspendMandate(id, owner, 1),
            new ResumeMandate(id, owner, 2),
            new SuspendMandate(id, owner, 3),
        ]);

        Assert.Equal([2L], LedgerEffects.PlacesOf(book.Journal, new SuspendMandate(id, owner, 1)));
        Assert.Equal([3L], LedgerEffects.PlacesOf(book.Journal, new ResumeMandate(id, owner, 2)));
        Assert.Equal([4L], LedgerEffects.PlacesOf(book.Journal, new SuspendMandate(id, owner, 3)));
        Assert.Empty(LedgerEffects.PlacesOf(book.Journal, new SuspendMandate(id, owner, 2)));
    }
}
