namespace Market.Silo.Commands.Demo;

/// <summary>
/// How far a demonstration has come: counted by its agents, looked at by its display. Safe for many threads.
/// </summary>
/// <param name="agents">Agents that will enter.</param>
/// <param name="needs">Needs that will be decided: one a buyer.</param>
internal sealed class DemoProgress(int agents, int needs)
{
    private const int MilestonesOfNeeds = 4;

    private int _entered;
    private int _decided;
    private int _met;
    private long _offers;

    /// <summary>
    /// Raised, by whichever thread comes there, when all agents are in and at each quarter of the needs.
    /// </summary>
    public event Action? MilestoneReached;

    /// <summary>Agents that will enter.</summary>
    public int Agents => agents;

    /// <summary>Needs that will be decided.</summary>
    public int Needs => needs;

    /// <summary>Agents that are connected and have said what they offer or need.</summary>
    public int Entered => Volatile.Read(ref _entered);

    /// <summary>Needs that are met, or will not be.</summary>
    public int Decided => Volatile.Read(ref _decided);

    /// <summary>Needs that a settled deal has met.</summary>
    public int Met => Volatile.Read(ref _met);

    /// <summary>Offers that agents have made, firm and indicative.</summary>
    public long Offers => Interlocked.Read(ref _offers);

    /// <summary>An agent is in.</summary>
    public void CountEntered()
    {
        if (Interlocked.Increment(ref _entered) == agents)
        {
            MilestoneReached?.Invoke();
        }
    }

    /// <summary>Offers were made.</summary>
    public void CountOffers(int made) => Interlocked.Add(ref _offers, made);

    /// <summary>A buyer is done.</summary>
    public void CountDecided(bool isMet)
    {
        if (isMet)
        {
            Interlocked.Increment(ref _met);
        }

        var decided = Interlocked.Increment(ref _decided);
        if (QuarterOf(decided) > QuarterOf(decided - 1))
        {
            MilestoneReached?.Invoke();
        }
    }

    private int QuarterOf(int decided) => decided * MilestonesOfNeeds / needs;
}
