using System.Globalization;
using Market.Chaos.Killing;
using Market.Silo.Clustering;

namespace Market.Chaos.Clusters;

/// <summary>
/// The processes of one market, each `market serve` with a gateway of its own on the loopback address.
/// </summary>
/// <param name="plan">The engine, and how many.</param>
/// <param name="store">Where the market is.</param>
/// <param name="serving">What else each is told.</param>
internal sealed class SiloGroup(ClusterPlan plan, ClusterStore store, IReadOnlyList<string> serving)
    : IAsyncDisposable
{
    private const int KilledExitCode = 128 + 9;
    private const int EndedExitCode = 1;

    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(30);

    private readonly string _name = $"chaos-{plan.Seed}";
    private readonly List<SiloPlace> _places = [.. Enumerable.Range(0, plan.Silos)
        .Select(static _ => new SiloPlace(FreePort.Find(), FreePort.Find(), FreePort.Find()))];

    private readonly ServeProcess?[] _running = new ServeProcess?[plan.Silos];

    /// <summary>What the processes said on standard error.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Where agents connect: one address a silo.</summary>
    public IReadOnlyList<Uri> Gateways => [.. _places.Select(static place => ServeProcess.UriOf(place.Http))];

    /// <summary>Starts all, one after the other.</summary>
    public async Task StartAsync()
    {
        for (var i = 0; i < plan.Silos; i++)
        {
            await StartAsync(i);
        }
    }

    /// <summary>Starts one, and waits until it serves.</summary>
    public async Task StartAsync(int index)
    {
        var place = _places[index];
        var started = ServeProcess.Start(store.Place, place.Http, [.. ArgumentsOf(place)]);
        _running[index] = started;
        if (!await Eventually.DoneAsync($"silo {index} is ready", started.Ready))
        {
            var (exitCode, errors) = await started.ExitAsync();
            throw new RunFailedException($"Silo {index} ended with {exitCode} before it was ready: {errors}");
        }
    }

    /// <summary>Ends one by SIGKILL; <see cref="CollectAsync(int)"/> it afterwards.</summary>
    public void Kill(int index) => _running[index]!.Kill();

    /// <summary>Sends one a signal by its name, such as STOP.</summary>
    public Task SignalAsync(int index, string name) => _running[index]!.SignalAsync(name);

    /// <summary>Whether the others have declared one dead.</summary>
    public async Task<bool> IsDeadAsync(int index)
    {
        var address = $"127.0.0.1:{Text(_places[index].Silo)}";
        return (await ClusterStatus.ReadAsync(store.ConnectionString, _name))
            .Where(silo => silo.Address == address).OrderBy(static silo => silo.Since).Last().State == "dead";
    }

    /// <summary>
    /// Waits for the end of one without which the others have gone on: it finds that out, says so in one line and ends.
    /// </summary>
    public async Task CollectDeadAsync(int index)
    {
        if (!await Eventually.HoldsAsync(() => _running[index]!.HasExited, EndsWithin))
        {
            throw new RunFailedException($"Silo {index} was declared dead and has not ended within {EndsWithin}.");
        }

        var errors = await CollectAsync(index, EndedExitCode);
        if (!errors.Contains("This server must end: ", StringComparison.Ordinal))
        {
            throw new RunFailedException($"Silo {index} was declared dead and did not say so, but: {errors}");
        }
    }

    /// <summary>Ends all at once, also those that are frozen; for a trial that is given up.</summary>
    public void KillAll()
    {
        foreach (var silo in _running)
        {
            silo?.Kill();
        }
    }

    /// <summary>Waits for the end of one that was killed.</summary>
    public Task CollectAsync(int index) => CollectAsync(index, KilledExitCode);

    /// <summary>Ends one in good order.</summary>
    public async Task StopAsync(int index)
    {
        await SignalAsync(index, "TERM");
        await CollectAsync(index, 0);
    }

    /// <summary>Ends all that run in good order.</summary>
    public async Task StopAsync()
    {
        for (var i = 0; i < plan.Silos; i++)
        {
            await StopAsync(i);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _running)
        {
            if (silo is not null)
            {
                await silo.DisposeAsync();
            }
        }
    }

    private async Task<string> CollectAsync(int index, int due)
    {
        var (exitCode, errors) = await _running[index]!.ExitAsync();
        if (errors.Length > 0)
        {
            Errors.Add(errors);
        }

        await _running[index]!.DisposeAsync();
        _running[index] = null;
        return exitCode == due ? errors
            : throw new RunFailedException($"Silo {index} ended with {exitCode} and not with {due}: {errors}");
    }

    private List<string> ArgumentsOf(SiloPlace place)
    {
        List<string> arguments = [.. serving];
        if (plan.Engine != ClusterPlan.Embedded)
        {
            arguments.AddRange(["--engine", plan.Engine, "--cluster", _name]);
            arguments.AddRange(["--silo-port", Text(place.Silo), "--gateway-port", Text(place.Gateway)]);
        }

        return arguments;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private sealed record SiloPlace(int Http, int Silo, int Gateway);
}
