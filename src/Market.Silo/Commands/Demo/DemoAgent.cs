using Market.Client;

namespace Market.Silo.Commands.Demo;

/// <summary>
/// An agent of a demonstration: a key and a connection of its own, and what its class is given, which is its own file
/// or profile and nothing of anybody else's. All that it learns of others comes through its connection.
/// </summary>
internal abstract class DemoAgent : IAsyncDisposable
{
    private readonly AgentKey _key = AgentKey.Create();
    private MarketClient? _market;

    /// <summary>The connection, once the agent has entered.</summary>
    protected MarketClient Market => _market ?? throw new InvalidOperationException("The agent has not entered yet.");

    /// <summary>Connects, registers, and says what it offers or needs.</summary>
    public async Task EnterAsync(Uri market, CancellationToken cancellationToken)
    {
        _market = await MarketClient.ConnectAsync(market, _key, cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        await IntroduceAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Leaves the market.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_market is not null)
        {
            await _market.DisposeAsync().ConfigureAwait(false);
        }

        _key.Dispose();
    }

    /// <summary>Registers, and says what it offers or needs.</summary>
    protected abstract Task IntroduceAsync(CancellationToken cancellationToken);
}
