using System.Collections.Immutable;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Npgsql;

namespace Market.Silo.Clustering;

/// <summary>
/// Which silos can append, as the database has it: those with a permit, whatever anybody believes of who is alive.
/// Where something may be done only when all know of it, each of them must have answered, or lose its permit first.
/// </summary>
/// <param name="journal">The journal, which this silo has open.</param>
/// <param name="member">The cluster.</param>
/// <param name="log">Where the operator looks.</param>
internal sealed class SiloFence(PostgresJournal journal, ClusterMember member, ILogger log)
{
    private const int Dead = 6;

    private readonly string _usedBy = $"cluster {member.Cluster}";
    private string _own = "";

    /// <summary>This silo's name among the others; empty before it has one.</summary>
    public string Own => _own;

    /// <summary>This silo takes a permit under the name that it will have among the others.</summary>
    /// <param name="silo">Address and start, as the membership has them.</param>
    /// <exception cref="StoreException">The database is away, or others have ended the silo's permit.</exception>
    public async Task JoinAsync(string silo)
    {
        _own = silo;
        await journal.JoinAsync(silo).ConfigureAwait(false);
    }

    /// <summary>Position of the journal's last row, as the database has it.</summary>
    /// <exception cref="ClusterStoreException">The database cannot be asked.</exception>
    public async Task<long> ReadHeadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = new NpgsqlConnection(member.ConnectionString);
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                var query = new NpgsqlCommand("SELECT position FROM market.head", connection);
                await using (query.ConfigureAwait(false))
                {
                    return (long)(await query.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
                }
            }
        }
        catch (NpgsqlException error)
        {
            throw new ClusterStoreException($"The journal cannot be read: {error.Message}", error);
        }
    }

    /// <summary>
    /// Ends the permits of silos that are dead, which a silo's death mostly has done already, and requires that every
    /// other silo with a permit is among those that answered.
    /// </summary>
    /// <param name="answered">The names of the other silos that did.</param>
    /// <exception cref="SiloUnreachableException">
    /// One did not, and is not dead; or the database cannot be asked.
    /// </exception>
    public async Task RequireAsync(IReadOnlyCollection<string> answered)
    {
        try
        {
            var connection = new NpgsqlConnection(member.ConnectionString);
            await using (connection.ConfigureAwait(false))
            {
                await connection.OpenAsync().ConfigureAwait(false);
                foreach (var (silo, isDead) in await FindOthersAsync(connection, answered).ConfigureAwait(false))
                {
                    if (!isDead)
                    {
                        throw new SiloUnreachableException(new TimeoutException(
                            $"Silo {silo} can append and has not answered; it is joining, leaving, or lost."));
                    }

                    await EndAsync(connection, silo).ConfigureAwait(false);
                }
            }
        }
        catch (NpgsqlException error)
        {
            throw new SiloUnreachableException(error);
        }
    }

    /// <summary>Who has a permit and did not answer, and whether it is dead.</summary>
    private async Task<ImmutableArray<(string Silo, bool IsDead)>> FindOthersAsync(
        NpgsqlConnection connection, IReadOnlyCollection<string> answered)
    {
        // A silo takes its name a moment before the membership has it; one that ended in between is never there.
        var query = new NpgsqlCommand(
            """
            SELECT p.silo, coalesce(s.status = $4, max(p.taken_at) < now() - interval '3 minutes')
            FROM market.permit p LEFT JOIN cluster_silo s
                ON s.deploymentid = $2 AND s.address || ':' || s.port || '@' || s.generation = p.silo
            WHERE p.used_by = $1 AND p.silo <> ALL ($3)
            GROUP BY p.silo, s.status
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = _usedBy },
                new NpgsqlParameter<string> { TypedValue = member.Cluster },
                new NpgsqlParameter<string[]> { TypedValue = [_own, .. answered] },
                new NpgsqlParameter<int> { TypedValue = Dead },
            },
        };
        await using (query.ConfigureAwait(false))
        {
            var found = ImmutableArray.CreateBuilder<(string, bool)>();
            var reader = await query.ExecuteReaderAsync().ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync().ConfigureAwait(false))
                {
                    found.Add((reader.GetString(0), reader.GetBoolean(1)));
                }
            }

            return found.ToImmutable();
        }
    }

    private async Task EndAsync(NpgsqlConnection connection, string silo)
    {
        var end = new NpgsqlCommand("SELECT market.end_permits($1, $2)", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = _usedBy },
                new NpgsqlParameter<string> { TypedValue = silo },
            },
        };
        await using (end.ConfigureAwait(false))
        {
            var count = (long)(await end.ExecuteScalarAsync().ConfigureAwait(false))!;
            log.LogWarning("Silo {Silo} is dead; {Count} of its permits to append were ended.", silo, count);
        }
    }
}
