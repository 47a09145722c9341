using System.Diagnostics;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>A challenge is kept until it has expired, and answered then.</summary>
internal sealed class ExpiredChallengeAttack : Attack
{
    /// <inheritdoc/>
    public override string Name => "expired-challenge";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        await using var slow = await WireAgent.ConnectAsync(market);
        var watch = Stopwatch.StartNew();
        var ended = await slow.ReadToEndAsync().WaitAsync(size.Patience);
        log.Expect("a challenge that nobody answers", ended, $"closed: {nameof(GatewayRefusal.NotAuthenticated)}");
        log.Require("it was given its time", watch.Elapsed > TimeSpan.FromSeconds(0.9 * size.SlowSeconds));

        await using var late = await WireAgent.ConnectAsync(market);
        await late.SendAsync(WireAgent.FrameOf(1, late.Proof(slow.Hello.Nonce)));
        log.Expect(
            "a proof for the challenge that expired", await late.ReadToEndAsync(),
            $"closed: {nameof(GatewayRefusal.AuthenticationFailed)}");
    }
}
