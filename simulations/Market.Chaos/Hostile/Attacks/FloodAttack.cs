using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>
/// Requests without waiting for answers, as many as the connection takes, and garbage between them: every frame is
/// answered, or the connection is closed with a reason.
/// </summary>
internal sealed class FloodAttack : Attack
{
    private const int GarbageEvery = 50;

    /// <inheritdoc/>
    public override string Name => "flood";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        await using var agent = await WireAgent.RegisterAsync(market, AgentRole.Buyer, Handle("flood"));
        var answers = new List<Task<object>>(size.Requests);
        var dice = new Random(size.Requests);
        for (var i = 0; i < size.Requests && !agent.Ended.IsCompleted; i++)
        {
            if (i % GarbageEvery == 0)
            {
                var garbage = new byte[dice.Next(1, 200)];
                dice.NextBytes(garbage);
                await agent.SendAsync(garbage);
            }

            answers.Add(await Begin(agent));
        }

        foreach (var answer in await Task.WhenAll(answers))
        {
            log.Expect(
                "a request of a flood", answer, nameof(Balances), nameof(GatewayRefusal.Overloaded),
                nameof(GatewayRefusal.RateLimited), $"closed: {nameof(GatewayRefusal.RateLimited)}");
        }

        while (agent.Notices.TryRead(out var notice))
        {
            log.Expect(
                "garbage", notice, nameof(GatewayRefusal.FrameIsInvalid), nameof(GatewayRefusal.MessageTypeUnknown),
                nameof(GatewayRefusal.RateLimited));
        }
    }

    // The inner task is the answer: it is not waited for here.
    private static Task<Task<object>> Begin(WireAgent agent) => Task.FromResult(agent.AskAsync(new GetBalances()));
}
