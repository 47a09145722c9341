using System.Data;

namespace Market.Silo.Tests.Clustering;

/// <summary>What the storage provider needs of its statements: each write names the version that it has read.</summary>
public sealed class StorageStatementsTests : IAsyncLifetime
{
    private ProviderStatements? _run;

    private ProviderStatements Run => _run!;

    public async Task InitializeAsync() =>
        _run = TestSupport.PostgresBinaries.MissingReason is null ? await ProviderStatements.OpenAsync() : null;

    public async Task DisposeAsync() => await (_run?.DisposeAsync() ?? ValueTask.CompletedTask);

    [TestSupport.FactWithPostgres]
    public async Task A_state_is_written_first_once_then_from_the_version_that_was_read()
    {
        Assert.Empty(await Run.RunAsync("ReadFromStorageKey", Key("a")));
        Assert.Equal(1, await WriteAsync("a", null, [1]));
        Assert.Null(await WriteAsync("a", null, [2]));
        Assert.Equal(2, await WriteAsync("a", 1, [3]));
        Assert.Null(await WriteAsync("a", 1, [4]));

        var row = Assert.Single(await Run.RunAsync("ReadFromStorageKey", Key("a")));
        Assert.Equal([3], (byte[])row["PayloadBinary"]!);
        Assert.Equal(2, row["Version"]);
    }

    [TestSupport.FactWithPostgres]
    public async Task Of_two_first_writers_one_wins()
    {
        for (var number = 0; number < 20; number++)
        {
            var key = $"s{number}";
            var versions = await Task.WhenAll(
                Task.Run(() => WriteAsync(key, null, [1])), Task.Run(() => WriteAsync(key, null, [2])));
            Assert.Single(versions, 1);
            Assert.Single(versions, static version => version is null);
        }
    }

    [TestSupport.FactWithPostgres]
    public async Task States_of_other_keys_and_kinds_are_others()
    {
        Assert.Equal(1, await WriteAsync("a", null, [1]));
        Assert.Equal(1, await WriteAsync(null, null, [2]));
        Assert.Equal(1, await WriteAsync("a", null, [3], kind: "other"));
        Assert.Equal([1], Payload(await Run.RunAsync("ReadFromStorageKey", Key("a"))));
        Assert.Equal([2], Payload(await Run.RunAsync("ReadFromStorageKey", Key(null))));
        Assert.Equal([3], Payload(await Run.RunAsync("ReadFromStorageKey", Key("a", "other"))));
    }

    [TestSupport.FactWithPostgres]
    public async Task A_state_is_cleared_from_its_version_and_written_again()
    {
        await WriteAsync("a", null, [1]);
        Assert.Empty(await Run.RunAsync("ClearStorageKey", [.. Key("a"), Version(7)]));
        Assert.Equal(2, await VersionOfAsync("ClearStorageKey", [.. Key("a"), Version(1)]));
        Assert.Null(Payload(await Run.RunAsync("ReadFromStorageKey", Key("a"))));
        Assert.Equal(3, await WriteAsync("a", 2, [5]));
    }

    [TestSupport.FactWithPostgres]
    public async Task A_state_is_deleted_from_its_version_and_begins_anew()
    {
        await WriteAsync("a", null, [1]);
        Assert.Empty(await Run.RunAsync("DeleteStorageKey", [.. Key("a"), Version(7)]));
        Assert.Equal(2, await VersionOfAsync("DeleteStorageKey", [.. Key("a"), Version(1)]));
        Assert.Empty(await Run.RunAsync("ReadFromStorageKey", Key("a")));
        Assert.Equal(1, await WriteAsync("a", null, [2]));
    }

    private static byte[]? Payload(List<Dictionary<string, object?>> rows) =>
        (byte[]?)Assert.Single(rows)["PayloadBinary"];

    private static (string, DbType, object?) Version(int? version) => ("GrainStateVersion", DbType.Int32, version);

    private static (string, DbType, object?)[] Key(string? extension, string kind = "sessions") =>
    [
        ("GrainIdHash", DbType.Int32, 1), ("GrainIdN0", DbType.Int64, 2L), ("GrainIdN1", DbType.Int64, 3L),
        ("GrainTypeHash", DbType.Int32, 4), ("GrainTypeString", DbType.String, kind),
        ("GrainIdExtensionString", DbType.String, extension), ("ServiceId", DbType.String, "market"),
    ];

    private async Task<int?> VersionOfAsync(string key, (string, DbType, object?)[] parameters) =>
        (await Run.RunAsync(key, parameters)) is [var row] ? (int)row["NewGrainStateVersion"]! : null;

    private Task<int?> WriteAsync(string? extension, int? version, byte[] payload, string kind = "sessions") =>
        VersionOfAsync(
            "WriteToStorageKey",
            [.. Key(extension, kind), Version(version), ("PayloadBinary", DbType.Binary, payload)]);
}
