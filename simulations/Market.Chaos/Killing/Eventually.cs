using System.Diagnostics;

namespace Market.Chaos.Killing;

/// <summary>Waits, for a bounded time, until a state that other threads or processes bring about is there.</summary>
internal static class Eventually
{
    /// <summary>How long anything may take on a machine that is busy with other things.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Whether a condition came to hold in the time.</summary>
    public static async Task<bool> HoldsAsync(Func<bool> condition, TimeSpan? within = null)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > (within ?? Patience))
            {
                return false;
            }

            await Task.Delay(Pause);
        }

        return true;
    }

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="what">What is waited for, for the failure's text.</param>
    /// <param name="condition">Looks at the state.</param>
    public static async Task TrueAsync(string what, Func<bool> condition) =>
        Require(await HoldsAsync(condition), what);

    /// <summary>Waits until a condition holds that has to be asked for.</summary>
    /// <param name="what">What is waited for, for the failure's text.</param>
    /// <param name="condition">Asks.</param>
    public static async Task TrueAsync(string what, Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Require(clock.Elapsed < Patience, what);
            await Task.Delay(Pause);
        }
    }

    /// <summary>Waits until work is done.</summary>
    /// <param name="what">What is waited for, for the failure's text.</param>
    /// <param name="work">The work.</param>
    public static async Task<T> DoneAsync<T>(string what, Task<T> work)
    {
        await DoneAsync(what, (Task)work);
        return await work;
    }

    /// <inheritdoc cref="DoneAsync{T}(string, Task{T})"/>
    public static async Task DoneAsync(string what, Task work)
    {
        using var end = new CancellationTokenSource();
        if (await Task.WhenAny(work, Task.Delay(Patience, end.Token)) != work)
        {
            Require(false, what);
        }

        await end.CancelAsync();
        await work;
    }

    private static void Require(bool cameAbout, string what)
    {
        if (!cameAbout)
        {
            throw new RunFailedException($"This did not come about within {Patience}: {what}.");
        }
    }
}
