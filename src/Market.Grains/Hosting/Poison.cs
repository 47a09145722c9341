using Market.Grains.Journaling;

namespace Market.Grains.Hosting;

/// <summary>Why an activation is over.</summary>
/// <param name="Version">Version of the first event that was lost.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Error">The storage's or the grain's own error, if there is one.</param>
internal sealed record Poison(long Version, AppendOutcome Outcome, Exception? Error)
{
    public string Reason => Outcome switch
    {
        AppendOutcome.Conflict => $"Another activation wrote version {Version} or an earlier one of this stream.",
        AppendOutcome.Failed => $"The journal did not take version {Version} of this stream.",
        _ => $"Whether version {Version} of this stream was stored is unknown.",
    };

    // One for each who waits: an exception that many throw at once mixes their stack traces.
    public OutcomeUnknownException ToException() => new(Reason, Error);
}
