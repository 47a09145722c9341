using System.Data;

namespace Market.Silo.Tests.Clustering;

/// <summary>What the membership provider needs of its statements: a version that each change names and moves.</summary>
public sealed class MembershipStatementsTests : IAsyncLifetime
{
    private static readonly DateTime Start = new(2026, 5, 4, 3, 2, 1, DateTimeKind.Utc);
    private ProviderStatements? _run;

    private ProviderStatements Run => _run!;

    public async Task InitializeAsync() =>
        _run = TestSupport.PostgresBinaries.MissingReason is null ? await ProviderStatements.OpenAsync() : null;

    public async Task DisposeAsync() => await (_run?.DisposeAsync() ?? ValueTask.CompletedTask);

    [TestSupport.FactWithPostgres]
    public async Task A_cluster_gets_its_version_once()
    {
        Assert.True(await Run.DidAsync("InsertMembershipVersionKey", Deployment()));
        Assert.False(await Run.DidAsync("InsertMembershipVersionKey", Deployment()));
        var row = Assert.Single(await Run.RunAsync("MembershipReadAllKey", Deployment()));
        Assert.Equal(0, row["Version"]);
        Assert.Null(row["StartTime"]);
        Assert.Equal("one", row["DeploymentId"]);
    }

    [TestSupport.FactWithPostgres]
    public async Task A_silo_is_added_only_from_the_version_that_was_read_and_only_once()
    {
        await Run.DidAsync("InsertMembershipVersionKey", Deployment());
        Assert.False(await InsertAsync(1, version: 7));
        Assert.True(await InsertAsync(1, version: 0));
        Assert.False(await InsertAsync(2, version: 0));
        Assert.False(await InsertAsync(1, version: 1));
        Assert.True(await InsertAsync(2, version: 1));

        var rows = await Run.RunAsync("MembershipReadAllKey", Deployment());
        Assert.Equal([11111, 11112], rows.Select(static row => row["Port"]).Order());
        Assert.All(rows, static row => Assert.Equal(2, row["Version"]));
        var first = rows.Single(static row => (int)row["Port"]! == 11111);
        Assert.Equal(("127.0.0.1", 5, "silo-1", "host", 3, 30001), (
            first["Address"], first["Generation"], first["SiloName"], first["HostName"], first["Status"],
            first["ProxyPort"]));
        Assert.Equal(Start, first["StartTime"]);
        Assert.Equal(Start, first["IAmAliveTime"]);
    }

    [TestSupport.FactWithPostgres]
    public async Task Of_two_that_change_the_same_version_at_once_one_wins()
    {
        await Run.DidAsync("InsertMembershipVersionKey", Deployment());
        for (var version = 0; version < 20; version++)
        {
            var number = 2 * version;
            var won = await Task.WhenAll(
                Task.Run(() => InsertAsync(number, version)), Task.Run(() => InsertAsync(number + 1, version)));
            Assert.Single(won, true);
        }

        Assert.Equal(20, (await Run.RunAsync("MembershipReadAllKey", Deployment())).Count);
    }

    [TestSupport.FactWithPostgres]
    public async Task A_silo_is_changed_only_from_the_version_that_was_read()
    {
        await Run.DidAsync("InsertMembershipVersionKey", Deployment());
        await InsertAsync(1, version: 0);
        Assert.False(await UpdateAsync(1, version: 0, status: 6, "x"));
        Assert.False(await UpdateAsync(9, version: 1, status: 6, "x"));
        Assert.True(await UpdateAsync(1, version: 1, status: 6, "127.0.0.1:2@3,2026"));

        var row = Assert.Single(await Run.RunAsync("MembershipReadRowKey", [Deployment(), .. Silo(1)]));
        Assert.Equal((6, "127.0.0.1:2@3,2026", 2), (row["Status"], row["SuspectTimes"], row["Version"]));
        Assert.True(await UpdateAsync(1, version: 2, status: 6, null));
        row = Assert.Single(await Run.RunAsync("MembershipReadRowKey", [Deployment(), .. Silo(1)]));
        Assert.Null(row["SuspectTimes"]);
        var absent = Assert.Single(await Run.RunAsync("MembershipReadRowKey", [Deployment(), .. Silo(8)]));
        Assert.Equal(3, absent["Version"]);
        Assert.Null(absent["StartTime"]);
    }

    [TestSupport.FactWithPostgres]
    public async Task A_sign_of_life_moves_no_version()
    {
        await Run.DidAsync("InsertMembershipVersionKey", Deployment());
        await InsertAsync(1, version: 0);
        await Run.RunAsync("UpdateIAmAlivetimeKey", [Deployment(), .. Silo(1), Alive(Start.AddHours(1))]);
        var row = Assert.Single(await Run.RunAsync("MembershipReadAllKey", Deployment()));
        Assert.Equal((1, Start.AddHours(1)), (row["Version"], row["IAmAliveTime"]));
    }

    [TestSupport.FactWithPostgres]
    public async Task Gateways_are_those_of_active_silos_that_have_one()
    {
        await Run.DidAsync("InsertMembershipVersionKey", Deployment());
        await InsertAsync(1, version: 0);
        await InsertAsync(2, version: 1);
        await InsertAsync(3, version: 2, gateway: 0);
        await UpdateAsync(2, version: 3, status: 6, null);
        var row = Assert.Single(await Run.RunAsync("GatewaysQueryKey", Deployment(), ("Status", DbType.Int32, 3)));
        Assert.Equal(("127.0.0.1", 30001, 5), (row["Address"], row["ProxyPort"], row["Generation"]));
    }

    [TestSupport.FactWithPostgres]
    public async Task Dead_silos_are_forgotten_after_a_while_and_a_cluster_on_request()
    {
        await Run.DidAsync("InsertMembershipVersionKey", Deployment());
        await InsertAsync(1, version: 0);
        await InsertAsync(2, version: 1);
        await UpdateAsync(2, version: 2, status: 6, null);
        await Run.RunAsync("CleanupDefunctSiloEntriesKey", Deployment(), Alive(Start));
        Assert.Equal(2, (await Run.RunAsync("MembershipReadAllKey", Deployment())).Count);
        await Run.RunAsync("CleanupDefunctSiloEntriesKey", Deployment(), Alive(Start.AddDays(1)));
        Assert.Equal(11111, Assert.Single(await Run.RunAsync("MembershipReadAllKey", Deployment()))["Port"]);

        await Run.RunAsync("DeleteMembershipTableEntriesKey", Deployment());
        Assert.Empty(await Run.RunAsync("MembershipReadAllKey", Deployment()));
    }

    private static (string, DbType, object?) Deployment() => ("DeploymentId", DbType.String, "one");

    private static (string, DbType, object?) Alive(DateTime moment) => ("IAmAliveTime", DbType.DateTime, moment);

    private static (string, DbType, object?)[] Silo(int number) =>
    [
        ("Address", DbType.String, "127.0.0.1"), ("Port", DbType.Int32, 11110 + number),
        ("Generation", DbType.Int32, 5),
    ];

    private Task<bool> InsertAsync(int number, int version, int? gateway = null) => Run.DidAsync(
        "InsertMembershipKey",
        [
            Deployment(), Alive(Start), ("SiloName", DbType.String, $"silo-{number}"),
            ("HostName", DbType.String, "host"), .. Silo(number), ("StartTime", DbType.DateTime, Start),
            ("Status", DbType.Int32, 3),
            ("ProxyPort", DbType.Int32, gateway ?? 30000 + number), ("Version", DbType.Int32, version),
        ]);

    private Task<bool> UpdateAsync(int number, int version, int status, string? suspects) => Run.DidAsync(
        "UpdateMembershipKey",
        [
            Deployment(), .. Silo(number), Alive(Start), ("Status", DbType.Int32, status),
            ("SuspectTimes", DbType.String, suspects), ("Version", DbType.Int32, version),
        ]);
}
