using System.Diagnostics;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>Many connections that prove a key each and then do nothing.</summary>
internal sealed class IdleAttack : Attack
{
    private const int AtOnce = 32;

    /// <inheritdoc/>
    public override string Name => "idle";

    /// <inheritdoc/>
    public override Task RunAsync(Uri market, AttackSize size, AttackLog log) =>
        RunAsync(market, size, log, static () => Task.CompletedTask);

    /// <summary>Attacks, and calls while all connections are open.</summary>
    public static async Task RunAsync(Uri market, AttackSize size, AttackLog log, Func<Task> whileOpen)
    {
        var idle = new List<WireAgent>(size.Connections);
        try
        {
            for (var left = size.Connections; left > 0; left -= AtOnce)
            {
                idle.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(left, AtOnce))
                    .Select(_ => ConnectAsync(market, size, log))));
            }

            await using var other = await WireAgent.RegisterAsync(market, AgentRole.Buyer, Handle("other"));
            log.Expect("another agent meanwhile", await other.AskAsync(new GetBalances()), nameof(Balances));
            await whileOpen();
        }
        finally
        {
            foreach (var agent in idle)
            {
                await agent.DisposeAsync();
            }
        }
    }

    /// <summary>Connects; where the market takes no connection now, again a little later, as it says.</summary>
    private static async Task<WireAgent> ConnectAsync(Uri market, AttackSize size, AttackLog log)
    {
        for (var watch = Stopwatch.StartNew(); ;)
        {
            try
            {
                return await WireAgent.AuthenticateAsync(market, reads: false);
            }
            catch (NotAdmittedException) when (watch.Elapsed < size.Patience)
            {
                log.Note(nameof(GatewayRefusal.TooManyHandshakes));
                await Task.Delay(500);
            }
        }
    }
}
