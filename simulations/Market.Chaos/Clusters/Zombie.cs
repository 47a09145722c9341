using Market.Chaos.Killing;
using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Chaos.Clusters;

/// <summary>A silo that was frozen until the others had declared it dead, and that then went on.</summary>
/// <param name="Gateway">Where its agents were connected.</param>
/// <param name="HeadWhenDead">
/// Position of the journal's last row after its death had been declared and before it went on: all that it has appended
/// comes before that.
/// </param>
/// <param name="Thawed">When it went on.</param>
/// <param name="Ended">When its process had ended; another one has its gateway after that.</param>
internal sealed record Zombie(Uri Gateway, long HeadWhenDead, DateTimeOffset Thawed, DateTimeOffset Ended)
{
    /// <summary>
    /// Looks at all that agents were told over a zombie's connections. That an act is recorded which was so before its
    /// death it may say, and refuse what it likes; that it has recorded one since is a finding.
    /// </summary>
    /// <param name="zombies">All of a trial.</param>
    /// <param name="answers">What agents were told, of all silos.</param>
    /// <param name="positionOf">The place in the journal of an act by negotiation and version; 0 for none.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <returns>How many answers zombies gave in all.</returns>
    public static int Check(
        IReadOnlyList<Zombie> zombies, IEnumerable<ToldRecord> answers,
        Func<NegotiationId, long, long> positionOf, Findings findings)
    {
        var count = 0;
        foreach (var (gateway, at, act) in answers)
        {
            if (zombies.FirstOrDefault(one => one.Gateway == gateway && one.Thawed <= at && at < one.Ended)
                is not { } zombie)
            {
                continue;
            }

            count++;
            var position = positionOf(act.Negotiation, act.Seq);
            findings.Require(
                position > 0 && position <= zombie.HeadWhenDead,
                () => $"The silo at {gateway} was dead when the journal had {zombie.HeadWhenDead} rows, and then "
                    + $"acknowledged {act}, which is row {position}.");
        }

        return count;
    }

    /// <summary>The places of all acts in a journal.</summary>
    public static Func<NegotiationId, long, long> PositionsOf(JournalView journal)
    {
        var positions = journal.Entries.Where(static entry => entry.Event is NegotiationEvent)
            .ToDictionary(
                static entry => (((NegotiationEvent)entry.Event).Negotiation, entry.Row.Version),
                static entry => entry.Row.Position);
        return (negotiation, version) => positions.GetValueOrDefault((negotiation, version));
    }
}
