using Market.Client;
using Market.Client.Connecting;

namespace Market.Chaos.Killing;

/// <summary>
/// Dials one of several gateways: the one of the last success, and after a failure the next. It does what a balancer of
/// connections before a cluster does.
/// </summary>
internal sealed class AnyGateway(IReadOnlyList<IFrameDialer> gateways) : IFrameDialer
{
    private static readonly TimeSpan PatienceEach = TimeSpan.FromSeconds(2);

    private int _current;

    /// <inheritdoc/>
    public async ValueTask<IFrameTransport> DialAsync(CancellationToken cancellationToken)
    {
        var index = Volatile.Read(ref _current);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(PatienceEach);
        try
        {
            return await gateways[index].DialAsync(patience.Token);
        }
        catch (Exception error)
        {
            Volatile.Write(ref _current, (index + 1) % gateways.Count);
            if (error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new MarketConnectionException("This gateway takes connections and says nothing.");
            }

            throw;
        }
    }
}
