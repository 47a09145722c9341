
namespace Market.EndToEnd.Tests.Killing;

/// <summary>
/// Kills the server again and again at random moments, mostly in the middle of its work and sometimes while it starts,
/// and starts it again on the same store and port.
/// </summary>
internal sealed class Killer(KillPlan plan, StorePlace place, int port) : IAsyncDisposable
{
    private const int ActsBetweenMax = 400;
    private const int StartMillisecondsMax = 900;
    private const int DrainMillisecondsMax = 100;
    private const int OneInStart = 5;
    private const int OneInDrain = 5;
    private const int KilledExitCode = 128 + 9;

    private readonly Random _random = plan.RandomOf(0);

    /// <summary>The server of now.</summary>
    public ServeProcess Server { get; private set; } = null!;

    /// <summary>Kills so far.</summary>
    public int Kills { get; private set; }

    /// <summary>Those of them before the server was ready.</summary>
    public int KillsInStart { get; private set; }

    /// <summary>Those of them while the server was stopping in good order.</summary>
    public int KillsInDrain { get; private set; }

    /// <summary>What the servers said on standard error; a sound one says nothing.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Starts a server and waits until it serves.</summary>
    public async Task StartAsync()
    {
        Server = StartServer();
        Assert.True(
            await Eventually.DoneAsync("the server is ready", Server.Ready),
            $"The server did not start again after {Kills} kills.");
    }

    /// <summary>Kills as often as planned; the server of the end serves.</summary>
    /// <param name="load">What it is killed under.</param>
    public async Task RunAsync(TradingLoad load)
    {
        while (Kills < plan.Kills)
        {
            // Counted in acts rather than in time, so that a slow machine gets as far between two kills as a fast one.
            var target = load.AcknowledgedCount + _random.Next(1, ActsBetweenMax);
            var inDrain = _random.Next(OneInDrain) == 0;
            if (!inDrain)
            {
                load.CallAt(target, Server.Kill);
            }

            await Eventually.TrueAsync(
                $"the market goes on acknowledging acts after kill {Kills}",
                () => load.AcknowledgedCount >= target || load.Error() is not null);
            Assert.True(load.Error() is null, $"The load failed after kill {Kills}: {load.Error()}");
            await KillAsync(inDrain);
            while (Kills < plan.Kills && _random.Next(OneInStart) == 0)
            {
                Server = StartServer();
                await Eventually.HoldsAsync(
                    () => Server.HasExited, TimeSpan.FromMilliseconds(_random.Next(StartMillisecondsMax)));
                KillsInStart += Server.Ready.IsCompleted ? 0 : 1;
                await KillAsync(inDrain: false);
            }

            await StartAsync();
        }
    }

    /// <summary>Ends the server by SIGTERM, so that its folder can be read.</summary>
    public async Task StopAsync()
    {
        await Server.SignalAsync("TERM");
        Assert.Equal(0, await CollectAsync());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }

    private ServeProcess StartServer() => ServeProcess.Start(place, port, plan.StartingBalance);

    private async Task KillAsync(bool inDrain)
    {
        if (inDrain)
        {
            await Server.SignalAsync("TERM");
            await Eventually.HoldsAsync(
                () => Server.HasExited, TimeSpan.FromMilliseconds(_random.Next(DrainMillisecondsMax)));
        }

        Server.Kill();
        var exitCode = await CollectAsync();
        if (inDrain && exitCode == 0)
        {
            return; // it was faster: a stop in good order, and no kill
        }

        Kills++;
        KillsInDrain += inDrain ? 1 : 0;
        Assert.True(exitCode == KilledExitCode, $"The server ended by itself with {exitCode} before kill {Kills}.");
    }

    private async Task<int> CollectAsync()
    {
        var (exitCode, errors) = await Server.ExitAsync();
        if (errors.Length > 0)
        {
            Errors.Add(errors);
        }

        await Server.DisposeAsync();
        return exitCode;
    }
}
