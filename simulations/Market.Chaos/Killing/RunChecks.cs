using Market.Domain.Wire.Messages;
using Market.Silo.Commands.Audit;

namespace Market.Chaos.Killing;

/// <summary>All that is checked when a run has ended: what the clients were told against what the files hold.</summary>
internal sealed class RunChecks
{
    private readonly Dictionary<TestAgent, IReadOnlyList<Balance>> _told = [];
    private readonly IReadOnlyList<TestAgent> _agents;

    private RunChecks(IReadOnlyList<TestAgent> agents) => _agents = agents;

    /// <summary>What is wrong.</summary>
    public Findings Findings { get; } = new();

    /// <summary>What became of the deals.</summary>
    public AgreedDeals Deals { get; private set; } = new(0, 0);

    /// <summary>The acts that were compared.</summary>
    public AcknowledgedActs Acts { get; private set; } = null!;

    /// <summary>The journal.</summary>
    public JournalView Journal { get; private set; } = null!;

    /// <summary>Rows of the journal.</summary>
    public int Rows => Journal.Entries.Count;

    /// <summary>What was compared, in numbers.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>Asks the server once more, has it stopped, and reads its files.</summary>
    /// <param name="agents">Everybody who was connected; their acts are all answered.</param>
    /// <param name="plan">What the run was to be.</param>
    /// <param name="place">The market's data.</param>
    /// <param name="stopServer">Ends the server.</param>
    public static async Task<RunChecks> RunAsync(
        IReadOnlyList<TestAgent> agents, KillPlan plan, StorePlace place, Func<Task> stopServer)
    {
        var checks = new RunChecks(agents);
        var askedAgain = await checks.AskAsync();
        await stopServer();
        var journal = checks.Journal = await JournalView.ReadAsync(place);
        var events = await checks.CompareAsync(journal);
        AgentsBalances.Check(journal, checks._told, plan.StartingCents, checks.Findings);
        checks.CheckAudit(OfflineAudit.Verify(place.Audited));
        checks.Summary =
            $"{checks.Acts.Acknowledged} acts acknowledged, {checks.Acts.Refused} refused, "
            + $"{checks.Acts.SentAgain} requests sent again, {checks.Acts.LostAnswers} lost answers, "
            + $"{askedAgain} acts asked again, {events} events seen, "
            + $"{checks.Deals.Settled} deals settled, {checks.Deals.Failed} failed, {journal.Entries.Count} rows";
        return checks;
    }

    private async Task<int> AskAsync()
    {
        var askedAgain = 0;
        foreach (var agent in _agents)
        {
            _told[agent] = [.. (await agent.Client.GetBalancesAsync()).Accounts];
            askedAgain += await AskedAgain.CheckAsync(agent, Findings);
        }

        return askedAgain;
    }

    private async Task<int> CompareAsync(JournalView journal)
    {
        // What the server sent last may still be on its way to the user.
        var due = _agents.Sum(agent => journal.SeenBy(agent.Number).Count());
        await Eventually.HoldsAsync(() => _agents.Sum(static agent => agent.Seen.Count) >= due);
        Acts = AcknowledgedActs.Check(journal, _agents, Findings);
        Findings.Require(Acts.Unanswered == 0, () => $"{Acts.Unanswered} acts have no answer.");
        Deals = AgreedDeals.Check(journal, Findings);
        return UsersEvents.Check(journal, _agents, Findings);
    }

    private void CheckAudit(AuditReport audit)
    {
        foreach (var error in audit.Errors)
        {
            Findings.Add($"The audit says: {error}");
        }

        Findings.Require(
            audit is
            {
                IsSound: true, ChainVerified: true, TrialBalanceZero: true,
                InProgress: 0, Oversold: 0, SettledTwice: 0, ReceiptsUnchecked: 0,
            },
            () => $"The audit finds {audit}.");
        Findings.Require(
            (audit.DealsSettled, audit.DealsFailed) == (Deals.Settled, Deals.Failed),
            () => $"The audit counts {audit.DealsSettled} and {audit.DealsFailed}; the journal has {Deals}.");
    }
}
