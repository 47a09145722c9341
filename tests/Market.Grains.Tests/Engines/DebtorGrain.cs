using Market.Domain;
using Market.Grains.Hosting;

namespace Market.Grains.Tests.Engines;

/// <summary>
/// A small grain that owes: its event arms a deadline, and it tells what it owes again at each sweep until it is
/// answered.
/// </summary>
public sealed class DebtorGrain(GrainId id, Witness witness) : IGrain
{
    private Owed? _debt;

    public LedgerTime LastTime { get; private set; }

    public void Apply(object @event)
    {
        (_debt, LastTime) = @event switch
        {
            Owed owed => (owed, owed.At),
            Discharged discharged => ((Owed?)null, discharged.At),
            _ => throw new ArgumentException($"A debtor keeps no {@event.GetType().Name}.", nameof(@event)),
        };
        witness.OnApplied(id);
    }

    public GrainStep Receive(object message, LedgerTime now)
    {
        try
        {
            return message switch
            {
                Owe owe => Owing(new Owed(owe.To, owe.Amount, owe.Seer, now), now),
                DeadlineReached => new GrainStep(null, Tells: _debt is { } debt ? [Word(debt)] : []),
                Raised raised when raised.Amount == _debt?.Amount => new GrainStep(null, new Discharged(now)),
                Raised => default,
                Read => new GrainStep(new Total(_debt?.Amount ?? 0)),
                _ => throw new ArgumentException($"A debtor takes no {message.GetType().Name}.", nameof(message)),
            };
        }
        finally
        {
            witness.OnReceived(id);
        }
    }

    private GrainStep Owing(Owed owed, LedgerTime now) => new(
        new Total(owed.Amount), owed, now, new Audience(owed.Seer, AgentNumber.None), [Word(owed)]);

    private Tell Word(Owed debt) => new(debt.To, new RaiseTo(id, debt.Amount));
}
