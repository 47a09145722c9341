using System.Diagnostics;
using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Silo;
using Market.Silo.Gateway.Authorising;
using Market.Silo.Gateway.Limiting;

namespace Market.Benchmarks;

/// <summary>
/// What the door costs each request before it is routed: the clock, two token buckets, the table of who may send what,
/// and the operator's limits of contents.
/// </summary>
internal sealed class AdmitBenchmark : IBenchmark
{
    private const double MicrosMax = 0.2;

    /// <inheritdoc/>
    public string Name => "admit";

    /// <inheritdoc/>
    public string Description => "What rates, rights and limits cost each request at the gateway.";

    /// <inheritdoc/>
    public Task RunAsync(
        Action<FigureResult> report, Action<string> log, bool quick, CancellationToken cancellationToken)
    {
        var limits = OperatorLimits.ForMeasuring with { Rounds = MarketLimits.RoundsMax - 1 };
        var limiter = new GatewayLimiter(limits, TimeProvider.System);
        using var allowance = limiter.TryAdmit(null, out _)!;
        allowance.Become(new SenderKey(new AgentNumber(1), default, default), new PrincipalNumber(1));
        var contents = new ContentLimits(limits);
        object[] messages =
        [
            new GetBalances(), new JoinNegotiation(default, default, 1),
            new RejectOffer(default, default, 1, 1, ReasonCode.Price), new GetMandate(default),
        ];
        var count = quick ? 1_000_000 : 50_000_000;
        Admit(limiter, allowance, contents, messages, count / 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        Admit(limiter, allowance, contents, messages, count);
        var seconds = watch.Elapsed.TotalSeconds;
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        report(FigureResult.Absolute(
            "admit a request", seconds * 1e6 / count, "µs", MicrosMax, seconds, atMost: true));
        report(FigureResult.Absolute(
            "admit a request, allocated", (double)bytes / count, "bytes", 0.01, seconds, atMost: true));
        return Task.CompletedTask;
    }

    private static void Admit(
        GatewayLimiter limiter, SessionAllowance allowance, ContentLimits contents, object[] messages, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var message = messages[i % messages.Length];
            if (Authorisation.Refuse(SessionKinds.Buyer, message) is not null || contents.Refuse(message) is not null)
            {
                throw new InvalidOperationException("A request that is allowed was refused.");
            }

            // A loop is faster than any agent: whether there is a token is not what is measured.
            _ = allowance.TryTake(limiter.Now);
        }
    }
}
