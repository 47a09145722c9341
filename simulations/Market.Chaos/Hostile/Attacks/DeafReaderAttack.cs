using System.Diagnostics;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>
/// An agent asks and never reads: answers pile up for it only so far, then its requests stay in its own socket, and
/// nobody else notices.
/// </summary>
internal sealed class DeafReaderAttack : Attack
{
    private const int SmallBuffer = 4 * 1024;
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public override string Name => "deaf-reader";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        await using var traders = await TradersAsync(market);
        await using var deaf = await WireAgent.AuthenticateAsync(
            market, traders.Buyer.Key, reads: false, receiveBuffer: SmallBuffer);
        await deaf.SendAsync(WireAgent.FrameOf(1, new Subscribe(default)));
        log.Require("the market stops taking requests", await FillAsync(deaf, size));
        log.Expect("its own other connection", await traders.Buyer.AskAsync(new GetBalances()),
            nameof(Balances), nameof(GatewayRefusal.RateLimited));
        log.Expect("another agent", await traders.Seller.AskAsync(new GetBalances()), nameof(Balances));
    }

    /// <summary>Sends until nothing more is taken; whether that came before the end of its requests.</summary>
    private static async Task<bool> FillAsync(WireAgent deaf, AttackSize size)
    {
        var search = WireAgent.FrameOf(2, new SearchListings("machine", null, [], []));
        var watch = Stopwatch.StartNew();
        for (var sent = 0; sent < 1_000 * size.Requests && watch.Elapsed < size.Patience; sent++)
        {
            using var stuck = new CancellationTokenSource(Stuck);
            var sending = deaf.SendAsync(search, stuck.Token);
            try
            {
                await sending;
            }
            catch (OperationCanceledException)
            {
                return true;
            }

            if (deaf.Ended.IsCompleted)
            {
                return true;
            }
        }

        return false;
    }
}
