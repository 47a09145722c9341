using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using Market.Grains.Journaling;
using Market.Silo.Commands.Audit;
using Npgsql;

namespace Market.Silo.Commands.Doctor;

/// <summary>
/// Whether a PostgreSQL database can be used as a market's store: its server, the settings on which the market's
/// promises rest, its clock, its connections, and what is in it.
/// </summary>
internal static class PostgresCheck
{
    private const string Check = "store";
    private const int OldestVersion = 150_000; // 15
    private const int ConnectionsNeeded = 32; // of one server: journal, catalogue, private table, lock

    private static readonly (string Setting, string Why)[] Needed =
    [
        ("fsync", "a crash of the machine would lose what was acknowledged and damage the tables"),
        ("full_page_writes", "a crash of the machine could leave pages half written"),
    ];

    private static readonly TimeSpan ClockDifferenceMax = TimeSpan.FromSeconds(1);

    /// <summary>Looks at a database; nothing of it is changed.</summary>
    public static async Task<StoreLook> RunAsync(StoreAddress address, CancellationToken cancellationToken)
    {
        var findings = new List<DoctorFinding>();
        var builder = new NpgsqlConnectionStringBuilder(address.ConnectionString)
        {
            ApplicationName = "market doctor",
            Pooling = false,
            Timeout = 5,
            CommandTimeout = 10,
        };
        try
        {
            await using var connection = new NpgsqlConnection(builder.ConnectionString);
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            findings.Add(VersionFinding(
                address,
                await AskAsync(connection, "server_version_num").ConfigureAwait(false),
                await AskAsync(connection, "server_version").ConfigureAwait(false)));
            await AddSettingsAsync(connection, findings).ConfigureAwait(false);
            findings.Add(await ClockFindingAsync(connection, cancellationToken).ConfigureAwait(false));
            findings.Add(await ConnectionsFindingAsync(connection, cancellationToken).ConfigureAwait(false));
            if (!await HasMarketAsync(connection, cancellationToken).ConfigureAwait(false))
            {
                findings.Add(DoctorFinding.Ok(
                    Check, $"There is no market in '{address}' yet; `market serve` makes one."));
                return new StoreLook(findings, IsThere: false);
            }
        }
        catch (Exception error) when (error is DbException or SocketException or TimeoutException or IOException)
        {
            findings.Add(Unreachable(address, error));
            return new StoreLook(findings, IsThere: false);
        }

        return StoreCheck.LookInto(new AuditPlace("", address.ConnectionString), findings, static store =>
            store.IsInUse ? "A running market has it open." : "Nobody has it open.") with
        { IsDatabase = true };
    }

    private static DoctorFinding Unreachable(StoreAddress address, Exception error)
    {
        var (what, advice) = error switch
        {
            PostgresException
            {
                SqlState: PostgresErrorCodes.InvalidPassword
                or PostgresErrorCodes.InvalidAuthorizationSpecification
            } refused =>
                (refused.MessageText, "Give the right user and password in the address, or in MARKET_STORE."),
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing =>
                (missing.MessageText, "Make it: createdb, or name another database."),
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } full =>
                (full.MessageText, "Raise max_connections, or end sessions that nobody needs."),
            PostgresException other => (other.MessageText, "See the server's log."),
            _ => ((error.InnerException ?? error).Message,
                "Start the server, and check host, port, listen_addresses and pg_hba.conf."),
        };
        return DoctorFinding.Problem(Check, $"'{address}' cannot be reached: {what.TrimEnd('.')}.", advice);
    }

    private static DoctorFinding VersionFinding(StoreAddress address, string number, string name) =>
        int.Parse(number, CultureInfo.InvariantCulture) >= OldestVersion
            ? DoctorFinding.Ok(Check, $"'{address}' is PostgreSQL {name}.")
            : DoctorFinding.Problem(Check, $"'{address}' is PostgreSQL {name}.", "Use version 15 or later.");

    private static async Task AddSettingsAsync(NpgsqlConnection connection, List<DoctorFinding> findings)
    {
        foreach (var (setting, why) in Needed)
        {
            var value = await AskAsync(connection, setting).ConfigureAwait(false);
            findings.Add(value == "on"
                ? DoctorFinding.Ok(Check, $"{setting} is on.")
                : DoctorFinding.Problem(
                    Check, $"{setting} is {value}: {why}.", $"Set {setting} = on in postgresql.conf and reload."));
        }

        var commit = await AskAsync(connection, "synchronous_commit").ConfigureAwait(false);
        findings.Add(commit is "on" or "remote_apply"
            ? DoctorFinding.Ok(Check, $"synchronous_commit is {commit}.")
            : DoctorFinding.Warning(
                Check, $"synchronous_commit is {commit}; the market sets it on for its own sessions.",
                "Set it on, so that other programs' changes to this database are safe too."));
        var checksums = await AskAsync(connection, "data_checksums").ConfigureAwait(false);
        findings.Add(checksums == "on"
            ? DoctorFinding.Ok(Check, "data_checksums is on.")
            : DoctorFinding.Warning(
                Check, "data_checksums is off: a disk that alters bytes is noticed by `market audit verify` only.",
                "Stop the server and run pg_checksums --enable once."));
    }

    private static async Task<DoctorFinding> ClockFindingAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        var before = DateTimeOffset.UtcNow;
        var theirs = (DateTime)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        var after = DateTimeOffset.UtcNow;
        var difference = (theirs - (before + ((after - before) / 2)).UtcDateTime).Duration();
        var text = string.Create(
            CultureInfo.InvariantCulture, $"Its clock differs from this machine's by {difference.TotalSeconds:N3} s.");
        return difference <= ClockDifferenceMax
            ? DoctorFinding.Ok(Check, text)
            : DoctorFinding.Warning(
                Check, text, "Let both machines follow a time server: deadlines are judged by the market's clock.");
    }

    private static async Task<DoctorFinding> ConnectionsFindingAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT current_setting('max_connections')::bigint
                - current_setting('superuser_reserved_connections')::bigint
                - (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')
            """,
            connection);
        var free = (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        var text = string.Create(CultureInfo.InvariantCulture, $"{free} connections are free.");
        return free >= ConnectionsNeeded
            ? DoctorFinding.Ok(Check, text)
            : DoctorFinding.Warning(
                Check, text,
                $"Raise max_connections: a server, or each silo, uses up to {ConnectionsNeeded}.");
    }

    private static async Task<bool> HasMarketAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('market.store') IS NOT NULL", connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    private static async Task<string> AskAsync(NpgsqlConnection connection, string setting)
    {
        await using var command = new NpgsqlCommand("SELECT current_setting($1)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = setting });
        return (string)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
    }
}
