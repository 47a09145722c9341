using Market.Domain;
using Market.Domain.Settling;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>The steps by which a grain tells the ledger a command until it is answered.</summary>
internal static class LedgerTells
{
    /// <summary>The step whose event puts a command into the outbox and tells it for the first time.</summary>
    public static GrainStep First(
        object? reply, object @event, LedgerTime at, IdentifiedLedgerCommand command, GrainId self) =>
        new(reply, @event, at + LedgerOutbox.RetryInterval, default, [To(command, self)]);

    /// <summary>The step that tells again all that is unanswered.</summary>
    public static GrainStep Again(LedgerOutbox outbox, GrainId self) =>
        new(null, Tells: outbox.Unanswered.Select(command => To(command, self)).ToValueArray());

    /// <summary>The step that takes in an answer; one that nobody waits for any more changes nothing.</summary>
    public static GrainStep Answered(LedgerOutbox outbox, TellLedgerAnswer answer, LedgerTime now)
    {
        if (!outbox.Awaits(answer.Command))
        {
            return default;
        }

        LedgerTime? due = outbox.Unanswered.Count > 1 ? now + LedgerOutbox.RetryInterval : null;
        return new GrainStep(null, new LedgerCommandAnswered(now, answer.Command, answer.RefusalCode), due);
    }

    private static Tell To(IdentifiedLedgerCommand command, GrainId self) =>
        new(GrainId.Ledger, new TellLedger(self, command));
}
