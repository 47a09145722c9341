namespace Market.Client.Connecting;

/// <summary>
/// Growing delays between attempts, doubled every time and drawn evenly from the upper half of the span, so that the
/// agents of a market that has restarted do not come back all at once.
/// </summary>
internal sealed class Backoff(TimeSpan shortest, TimeSpan longest, Func<double>? draw = null)
{
    private const int DoublingsMax = 20;
    private readonly Func<double> _draw = draw ?? Random.Shared.NextDouble;
    private int _failures;

    /// <summary>The delay after one more failure; at least as long as asked for.</summary>
    public TimeSpan Next(TimeSpan atLeast = default)
    {
        var doubled = shortest * Math.Pow(2, Math.Min(_failures++, DoublingsMax));
        var span = doubled < longest ? doubled : longest;
        return atLeast + (span * (0.5 + (_draw() / 2)));
    }

    /// <summary>Starts again from the shortest delay.</summary>
    public void Reset() => _failures = 0;
}
