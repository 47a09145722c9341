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

    private readonly List<(IdentifiedLedgerCommand Command, LedgerTime Since)> _unanswered = [];

    /// <summary>The commands without an answer, oldest first.</summary>
    public IEnumerable<IdentifiedLedgerCommand> Unanswered => _unanswered.Select(waiting => waiting.Command);

    /// <summary>When to tell again: a retry interval after the oldest command; null when none waits.</summary>
    public LedgerTime? Due => _unanswered.Count == 0 ? null : _unanswered[0].Since + RetryInterval;

    /// <summary>When to tell again once a command of a moment has been put in too.</summary>
    public LedgerTime DueWith(LedgerTime at) => Due ?? at + RetryInterval;

    /// <summary>When to tell again once a command has been taken out; null when none waits then.</summary>
    public LedgerTime? DueWithout(LedgerCommandId command)
    {
        foreach (var (waiting, since) in _unanswered)
        {
            if (waiting.Id != command)
            {
                return since + RetryInterval;
            }
        }

        return null;
    }

    /// <summary>
    /// The commands that have waited for a retry interval, oldest first: those told a moment ago are not told again,
    /// however busy the ledger is.
    /// </summary>
    public IEnumerable<IdentifiedLedgerCommand> Overdue(LedgerTime now) =>
        _unanswered.Where(waiting => waiting.Since + RetryInterval <= now).Select(waiting => waiting.Command);

    /// <summary>Whether a command waits for its answer.</summary>
    public bool Awaits(LedgerCommandId command) => _unanswered.Exists(waiting => waiting.Command.Id == command);

    /// <summary>Puts a command in that an event of a moment has caused.</summary>
    public void Add(IdentifiedLedgerCommand command, LedgerTime at) => _unanswered.Add((command, at));

    /// <summary>Takes an answered command out.</summary>
    public void Remove(LedgerCommandId command) => _unanswered.RemoveAll(waiting => waiting.Command.Id == command);
}
