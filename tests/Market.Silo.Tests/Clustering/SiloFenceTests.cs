using System.Data;
using Market.Domain;
using Market.Grains.Hosting;
using Market.Grains.Journaling;
using Market.Silo.Clustering;
using Market.Silo.Hosting;
using Market.Testing.Hosting;
using Market.TestSupport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Silo.Tests.Clustering;

/// <summary>
/// A silo that was declared dead appends nothing more, and what all must know of waits until each has heard of it or
/// cannot append (ADR 22).
/// </summary>
public sealed class SiloFenceTests : IAsyncLifetime
{
    private static readonly AgentNumber Agent = new(5);
    private static readonly DateTime Start = new(2026, 3, 1, 9, 0, 0, DateTimeKind.Utc);
    private readonly List<PostgresJournal> _journals = [];
    private readonly PairedSilos _network = PairedSilos.Make();
    private ProviderStatements? _statements;
    private int _version;

    private ProviderStatements Statements => _statements!;

    public async Task InitializeAsync()
    {
        if (PostgresBinaries.MissingReason is null)
        {
            _statements = await ProviderStatements.OpenAsync();
            await Statements.DidAsync("InsertMembershipVersionKey", Cluster());
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var journal in _journals)
        {
            await journal.DisposeAsync();
        }

        await _network.DisposeAsync();
        await (_statements?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [FactWithPostgres]
    public async Task With_its_death_a_silo_loses_its_permit_and_no_other_silo_does()
    {
        var (_, one) = await JoinAsync(0);
        var (_, other) = await JoinAsync(1);
        Assert.True(await SetAsync(0, status: 4)); // it shuts down, and still appends
        Assert.Equal(PairedSilos.NameOf(0) + "|" + PairedSilos.NameOf(1), PermitHolders());

        Assert.True(await SetAsync(0, status: 6));
        Assert.Equal(PairedSilos.NameOf(1), PermitHolders());
        await Assert.ThrowsAsync<StoreEndedException>(() => one.JoinAsync(PairedSilos.NameOf(0)));
        Assert.IsType<StoreEndedException>(await one.Ended.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, await other.JoinAsync(PairedSilos.NameOf(1)));
    }

    [FactWithPostgres]
    public async Task Two_silos_that_declare_a_third_dead_at_once_end_its_permit_and_say_it_once()
    {
        await JoinAsync(0);
        await JoinAsync(1);
        var version = _version;
        var declared = await Task.WhenAll(Enumerable.Range(0, 2).Select(
            _ => Task.Run(() => SetAsync(0, status: 6, version))));
        Assert.Single(declared, static did => did);
        Assert.Equal(PairedSilos.NameOf(1), PermitHolders());
        _version = version + 1;
        Assert.True(await SetAsync(0, status: 6)); // said again, it is the same
        Assert.Equal(PairedSilos.NameOf(1), PermitHolders());
    }

    [FactWithPostgres]
    public async Task A_silo_that_the_membership_forgets_loses_its_permit_too()
    {
        await JoinAsync(0);
        await Statements.RunAsync("DeleteMembershipTableEntriesKey", Cluster());
        Assert.Equal("", PermitHolders());
    }

    [FactWithPostgres]
    public async Task What_all_must_know_of_waits_for_a_silo_that_can_append_until_it_is_dead()
    {
        var (fence, journal) = await JoinAsync(0);
        var (_, lost) = await JoinAsync(1);
        var (here, _) = await AddAsync(fence);
        var (_, silo) = await AddAsync(null);
        _network.Bury(silo); // the engine has forgotten it, and nobody has said that it is dead

        var revoked = false;
        ValueTask<bool> Revoke() => ValueTask.FromResult(revoked = true);
        await Assert.ThrowsAsync<OutcomeUnknownException>(() => here.AloneAsync(Agent, Revoke).AsTask());
        Assert.False(revoked);
        Assert.True(here.TryEnter(Agent));
        here.Exit(Agent);

        Assert.True(await SetAsync(1, status: 6));
        Assert.True(await here.AloneAsync(Agent, Revoke));
        await Assert.ThrowsAsync<StoreEndedException>(() => lost.JoinAsync(PairedSilos.NameOf(1)));
        Assert.False(journal.Ended.IsCompleted);
    }

    [FactWithPostgres]
    public async Task With_its_death_a_frozen_silo_loses_the_duty_that_its_session_would_keep()
    {
        await JoinAsync(0);
        await JoinAsync(1);
        await using var frozen = new Npgsql.NpgsqlConnection(
            $"{Statements.ConnectionString};Pooling=false;Application Name=market duty {PairedSilos.NameOf(0)}");
        await frozen.OpenAsync();
        await using var take = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(7)", frozen);
        await take.ExecuteNonQueryAsync();
        await using var other = PostgresSoleDuty.Start(
            Statements.ConnectionString, 7, static (_, _) => { }, PairedSilos.NameOf(1));
        Assert.False(other.IsHeld);

        Assert.True(await SetAsync(0, status: 6));
        await other.WaitAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(await SetAsync(1, status: 4));
        Assert.True(other.IsHeld);
    }

    [FactWithPostgres]
    public async Task Who_has_answered_may_go_on_appending()
    {
        var (fence, _) = await JoinAsync(0);
        await JoinAsync(1);
        var (here, _) = await AddAsync(fence);
        await AddAsync(null);
        Assert.True(await here.AloneAsync(Agent, static () => ValueTask.FromResult(true)));
        Assert.Equal(PairedSilos.NameOf(0) + "|" + PairedSilos.NameOf(1), PermitHolders());
    }

    [FactWithPostgres]
    public async Task A_permit_that_a_dead_silo_has_left_is_ended_by_whoever_finds_it()
    {
        var (fence, _) = await JoinAsync(0);
        await JoinAsync(1);

        // As a program that knew no permits left it, and as a cluster whose tables were dropped.
        Statements.Database.Query("ALTER TABLE cluster_silo DISABLE TRIGGER USER");
        await SetAsync(1, status: 6);
        await fence.RequireAsync([]);
        Assert.Equal(PairedSilos.NameOf(0), PermitHolders());

        var joining = await OpenAsync();
        await joining.JoinAsync(PairedSilos.NameOf(2));
        await Assert.ThrowsAsync<SiloUnreachableException>(() => fence.RequireAsync([]));
        Statements.Database.Query(
            $"UPDATE market.permit SET taken_at = now() - interval '1 hour' WHERE silo = '{PairedSilos.NameOf(2)}'");
        await fence.RequireAsync([]);
        Assert.Equal(PairedSilos.NameOf(0), PermitHolders());
    }

    private static (string, DbType, object?) Cluster() => ("DeploymentId", DbType.String, "main");

    private static (string, DbType, object?)[] Silo(int number) =>
    [
        ("Address", DbType.String, "127.0.0.1"), ("Port", DbType.Int32, 11111 + number),
        ("Generation", DbType.Int32, 7),
    ];

    private string PermitHolders() =>
        Statements.Database.Query("SELECT string_agg(silo, '|' ORDER BY silo) FROM market.permit");

    private async Task<PostgresJournal> OpenAsync()
    {
        var journal = await PostgresJournal.OpenAsync(new PostgresJournalOptions
        {
            Address = StoreAddress.Parse(Statements.Database.Address),
            Use = StoreUse.Cluster("main"),
        });
        _journals.Add(journal);
        return journal;
    }

    /// <summary>A silo that has the journal open under its name, and is active in the membership.</summary>
    private async Task<(SiloFence Fence, PostgresJournal Journal)> JoinAsync(int number)
    {
        var journal = await OpenAsync();
        var fence = new SiloFence(
            journal, new ClusterMember("main", Statements.ConnectionString), NullLogger.Instance);
        await fence.JoinAsync(PairedSilos.NameOf(number));
        Assert.True(await Statements.DidAsync(
            "InsertMembershipKey",
            [
                Cluster(), ("IAmAliveTime", DbType.DateTime, Start), ("SiloName", DbType.String, $"main-{number}"),
                ("HostName", DbType.String, "host"), .. Silo(number), ("StartTime", DbType.DateTime, Start),
                ("Status", DbType.Int32, 3), ("ProxyPort", DbType.Int32, 0), ("Version", DbType.Int32, _version++),
            ]));
        return (fence, journal);
    }

    private async Task<bool> SetAsync(int number, int status, int? version = null)
    {
        var did = await Statements.DidAsync(
            "UpdateMembershipKey",
            [
                Cluster(), .. Silo(number), ("IAmAliveTime", DbType.DateTime, Start),
                ("Status", DbType.Int32, status), ("SuspectTimes", DbType.String, null),
                ("Version", DbType.Int32, version ?? _version),
            ]);
        _version += did && version is null ? 1 : 0;
        return did;
    }

    private async Task<(AgentKeyLeases Keys, SiloCluster Silo)> AddAsync(SiloFence? fence)
    {
        var silo = await _network.AddAsync();
        var pauses = new KeyPauses(
            silo, _network.Journal, new ManualClock(), fence is null ? null : fence.RequireAsync);
        var keys = new AgentKeyLeases { Elsewhere = pauses };
        pauses.Serve(keys);
        return (keys, silo);
    }
}
