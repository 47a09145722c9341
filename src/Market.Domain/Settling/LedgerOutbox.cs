namespace Market.Domain.Settling;

/// <summary>The ledger has answered a command that a stream had told it; the stream need not tell it again.</summary>
/// <param name="At">When the stream learned it.</param>
/// <param name="Command">The command.</param>
/// <param name="RefusalCode">The ledger's refusal as a number; 0 where it did as told.</param>
[Wire.WireType(720)]
public sealed record LedgerCommandAnswered(LedgerTime At, LedgerCommandId Command, int RefusalCode);

/// <summary>
/// The commands that a stream has told the ledger and that the ledger has not answered yet. They are told again until
/// it
/// does: the event that caused a command puts it here, the answer's event takes it out.
/// </summary>
public sealed class LedgerOutbox
{
    /// <summary>How long after a tell the same is told again.</summary>
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private readonly List<IdentifiedLedgerCommand> _unanswered = [];

    /// <summary>The commands without an answer, oldest first.</summary>
    public IReadOnlyList<IdentifiedLedgerCommand> Unanswered => _unanswered;

    /// <summary>When to tell again after an event at a moment; null when nothing waits.</summary>
    public LedgerTime? DueAfter(LedgerTime at) => _unanswered.Count == 0 ? null : at + RetryInterval;

    /// <summary>Whether a command waits for its answer.</summary>
    public bool Awaits(LedgerCommandId command) => _unanswered.Exists(waiting => waiting.Id == command);

    /// <summary>Puts a command in.</summary>
    public void Add(IdentifiedLedgerCommand command) => _unanswered.Add(command);

    /// <summary>Takes an answered command out.</summary>
    public void Remove(LedgerCommandId command) => _unanswered.RemoveAll(waiting => waiting.Id == command);
}
