using Market.Domain;
using Market.Domain.Settling;
using Market.Grains.Hosting;

namespace Market.Grains;

/// <summary>The steps by which a grain tells the ledger a command until it is answered.</summary>
internal static class LedgerTells
{
    /// <summary>The step whose event puts a command into the outbox and tells it for the first time.</summary>
    public static GrainStep First(
        LedgerOutbox outbox,
        object? reply,
        object @event,
        LedgerTime at,
        IdentifiedLedgerCommand command,
        GrainId self) =>
        new(reply, @event, outbox.DueWith(at), default, [To(command, self)]);

    /// <summary>The step that tells again what has waited too long.</summary>
    public static GrainStep Again(LedgerOutbox outbox, LedgerTime now, GrainId self) =>
        new(null, Tells: outbox.Overdue(now).Select(command => To(command, self)).ToValueArray());

    /// <summary>The step that takes in an answer; one that nobody waits for any more changes nothing.</summary>
    public static GrainStep Answered(LedgerOutbox outbox, TellLedgerAnswer answer, LedgerTime now) =>
        outbox.Awaits(answer.Command)
            ? new GrainStep(
                null,
                new LedgerCommandAnswered(now, answer.Command, answer.RefusalCode),
                outbox.DueWithout(answer.Command))
            : default;

    private static Tell To(IdentifiedLedgerCommand command, GrainId self) =>
        new(GrainId.Ledger, new TellLedger(self, command));
}
