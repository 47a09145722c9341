using Market.Domain.Negotiating;
using Market.Domain.Strategies;

namespace Market.Simulations.Running.Users.Hosting;

/// <summary>
/// The hosts of one worker, one a seat: strategies of one negotiation cannot look into each other, and who fails is
/// known. Each is started when its seat first has a user's strategy.
/// </summary>
/// <param name="options">What each process may take.</param>
internal sealed class StrategyHosts(HostOptions options) : IDisposable
{
    private readonly List<StrategyHost> _hosts = [];

    /// <summary>A user's strategy, ready for a negotiation in a seat.</summary>
    /// <exception cref="RunRefusedException">It cannot be played in a process of its own.</exception>
    public RankedNegotiator Seat(int seat, UserCode code, RankedOutcomes own, ulong seed, Party side)
    {
        while (_hosts.Count <= seat)
        {
            _hosts.Add(new StrategyHost(options));
        }

        _hosts[seat].Begin(code, own, seed, side);
        return new HostedStrategy(own, _hosts[seat]);
    }

    /// <summary>
    /// Whether a negotiation has to be played again: a process broke that had played others before, which may have left
    /// something behind in it. In a new one the result is the strategy's own.
    /// </summary>
    public bool MustPlayAgain(in AlternatingOffersResult result) =>
        result.End == AlternatingOffersEnd.Failed
        && result.By < _hosts.Count
        && _hosts[result.By] is { Fault: HostFault.Broke, HasPlayedBefore: true };

    /// <inheritdoc/>
    public void Dispose() => _hosts.ForEach(host => host.Dispose());
}
