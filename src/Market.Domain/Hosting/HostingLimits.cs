namespace Market.Domain.Hosting;

/// <summary>The limits of hosted strategies, each named once, with its reason.</summary>
public static class HostingLimits
{
    /// <summary>
    /// Strategies that run for one agent at a time, so that no agent has the market think for it alone.
    /// </summary>
    public const int HostingsMax = 16;

    /// <summary>
    /// Hostings of one agent within the window of message ids, ended ones too: each is remembered as long as its act
    /// could be repeated.
    /// </summary>
    public const int RememberedMax = 1_024;

    /// <summary>Ended hostings that an agent is shown, the latest, so that the answer stays small.</summary>
    public const int EndedShownMax = 16;

    /// <summary>Listings or negotiations that one hosting names, so that it fits a frame and an event.</summary>
    public const int SubjectsMax = 64;

    /// <summary>Session keys of one agent that sign at a time.</summary>
    public const int SessionKeysMax = 16;

    /// <summary>Outcomes of an agenda that a hosted strategy ranks: 100,000 take 2 MB.</summary>
    public const int OutcomesMax = 100_000;

    /// <summary>Largest number in a utility: products of three of them, sixteen times, are finite.</summary>
    public const double NumberMax = 1e15;

    /// <summary>Longest validity of a session key.</summary>
    public static readonly TimeSpan SessionKeyValidityMax = TimeSpan.FromDays(90);
}
