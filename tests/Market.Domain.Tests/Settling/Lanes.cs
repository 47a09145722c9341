using Market.Domain.Settling;
using Market.Testing;

namespace Market.Domain.Tests.Settling;

/// <summary>
/// Commands in lanes that share no account with a floor, no id and no deadline: the order within a lane matters, the
/// order between lanes must not.
/// </summary>
internal sealed class Lanes
{
    private readonly Dictionary<int, List<LedgerCommand>> _lanes = [];

    /// <summary>
    /// A lane for every principal: the commands of a script that touch its accounts alone. The world's and the mint's
    /// accounts have no floor, so sharing those makes no difference.
    /// </summary>
    public static Lanes Of(LedgerScript script)
    {
        var lanes = new Lanes();
        var ids = new Dictionary<LedgerCommandId, int>();
        foreach (var step in script)
        {
            var owner = step.Command switch
            {
                Deposit c => c.Principal.Value,
                Withdraw c => c.Principal.Value,
                MintUnits c => c.Owner.Value,
                MintNeed c => c.Owner.Value,
                ReturnUnits c => c.Owner.Value,
                ReturnStock c => c.Owner.Value,
                _ => -1,
            };

            // An id that two principals used is the one's that comes first, which the order decides.
            if (owner >= 0 && step.Command is IdentifiedLedgerCommand { Id: var id }
                && (ids.TryAdd(id, owner) || ids[id] == owner))
            {
                lanes._lanes.TryAdd(owner, []);
                lanes._lanes[owner].Add(step.Command);
            }
        }

        return lanes;
    }

    /// <summary>One lane after the other.</summary>
    public IEnumerable<LedgerCommand> InTurn() => _lanes.Values.SelectMany(lane => lane);

    /// <summary>The lanes mixed; each keeps its own order.</summary>
    public IEnumerable<LedgerCommand> Shuffled(Random lots)
    {
        var left = _lanes.Values.Select(lane => new Queue<LedgerCommand>(lane)).ToList();
        while (left.Count > 0)
        {
            var lane = left[lots.Next(left.Count)];
            yield return lane.Dequeue();
            if (lane.Count == 0)
            {
                _ = left.Remove(lane);
            }
        }
    }

    /// <summary>Every account's balance by its name: numbers depend on the order.</summary>
    public static Dictionary<AccountName, Balance> BalancesOf(LedgerState state) =>
        Enumerable.Range(0, state.AccountCount)
            .Select(number => LedgerQueries.GetAccount(state, new AccountNumber(number)))
            .OfType<AccountName>()
            .ToDictionary(name => name, name => LedgerQueries.GetBalance(state, name));
}
