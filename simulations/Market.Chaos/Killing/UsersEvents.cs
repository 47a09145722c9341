
namespace Market.Chaos.Killing;

/// <summary>
/// Compares what each client's user was given with the journal: every event of the agent's negotiations once, in order,
/// to the byte as its side may see it.
/// </summary>
internal static class UsersEvents
{
    /// <summary>Compares; returns how many events there were.</summary>
    public static int Check(JournalView journal, IEnumerable<TestAgent> agents, Findings findings)
    {
        var count = 0;
        foreach (var agent in agents)
        {
            var seen = agent.Seen;
            var due = journal.SeenBy(agent.Number).ToList();
            findings.Require(
                seen.Count == due.Count,
                () => $"{agent.Name} saw {seen.Count} events; {due.Count} are in the journal.");
            var same = seen.Zip(due).TakeWhile(static pair => pair.First.IsSameAs(pair.Second)).Count();
            findings.Require(
                same == Math.Min(seen.Count, due.Count),
                () => $"{agent.Name} saw {seen[same]} as its event {same + 1}; the journal has {due[same]} there.");
            foreach (var negotiation in seen.GroupBy(static e => e.Negotiation))
            {
                var seqs = negotiation.Select(static e => e.Seq).ToList();
                findings.Require(
                    seqs.Select(static (seq, i) => seq == i + 1).All(static isNext => isNext),
                    () => $"{agent.Name} saw of {negotiation.Key} the versions {string.Join(' ', seqs)}.");
            }

            count += seen.Count;
        }

        return count;
    }
}
