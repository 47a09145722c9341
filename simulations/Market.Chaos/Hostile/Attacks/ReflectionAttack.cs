using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>The market's own messages, challenges and signatures are sent back to it.</summary>
internal sealed class ReflectionAttack : Attack
{
    /// <inheritdoc/>
    public override string Name => "reflection";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        await using (var stranger = await WireAgent.ConnectAsync(market))
        {
            await stranger.SendAsync(WireAgent.FrameOf(1, stranger.Hello));
            log.Expect(
                "its challenge as an answer to it", await stranger.ReadToEndAsync(),
                $"closed: {nameof(GatewayRefusal.MessageTypeUnknown)}");
        }

        await using (var stranger = await WireAgent.ConnectAsync(market))
        {
            // Its own key and 64 bytes of its own making: a challenge is no signature, whoever made it.
            byte[] twice = [.. stranger.Hello.Nonce.Span, .. stranger.Hello.Nonce.Span];
            await stranger.SendAsync(WireAgent.FrameOf(1, new Authenticate(stranger.Hello.ReceiptKey, twice)));
            log.Expect(
                "its own key with its own challenge", await stranger.ReadToEndAsync(),
                $"closed: {nameof(GatewayRefusal.AuthenticationFailed)}");
        }

        await CrossNoncesAsync(market, log);
        await using var agent = await WireAgent.RegisterAsync(market, AgentRole.Buyer, Handle("mirror"));
        object[] itsOwn =
        [
            agent.Hello, new Welcome(agent.Agent), new Subscribed(),
            Refusals.Of(GatewayRefusal.NotFound),
        ];
        foreach (var message in itsOwn)
        {
            log.Expect(
                $"its {message.GetType().Name} as a request", await agent.AskAsync(message),
                nameof(GatewayRefusal.MessageTypeUnknown));
        }
    }

    /// <summary>Two connections at once: the challenge of one is answered on the other.</summary>
    private static async Task CrossNoncesAsync(Uri market, AttackLog log)
    {
        await using var first = await WireAgent.ConnectAsync(market);
        await using var second = await WireAgent.ConnectAsync(market);
        await first.SendAsync(WireAgent.FrameOf(1, first.Proof(second.Hello.Nonce)));
        log.Expect(
            "the challenge of another connection", await first.ReadToEndAsync(),
            $"closed: {nameof(GatewayRefusal.AuthenticationFailed)}");
    }
}
