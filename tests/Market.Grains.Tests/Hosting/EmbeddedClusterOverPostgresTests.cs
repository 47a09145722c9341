using System.Reflection;
using Market.Grains.Journaling;
using Market.Grains.Tests.Engines;
using Market.Grains.Tests.Journaling;
using Market.TestSupport;
using Xunit.Sdk;

namespace Market.Grains.Tests.Hosting;

/// <summary>
/// The same over PostgreSQL. The tests of the base class are rows of data here, since inherited ones cannot be skipped
/// where no server can be started.
/// </summary>
public sealed class EmbeddedClusterOverPostgresTests
{
    /// <summary>Each test of the conformance class: its name, and which of its rows of data, if it has any.</summary>
    public static TheoryData<string, int> Tests
    {
        get
        {
            var tests = new TheoryData<string, int>();
            foreach (var test in typeof(GrainClusterConformance).GetMethods().Where(IsTest))
            {
                for (var row = 0; row < Math.Max(1, RowsOf(test).Count); row++)
                {
                    tests.Add(test.Name, row);
                }
            }

            return tests;
        }
    }

    [TheoryWithPostgres]
    [MemberData(nameof(Tests))]
    public async Task The_embedded_cluster_keeps_on_PostgreSQL(string test, int row)
    {
        using var store = new PostgresStore();
        var conformance = new OnPostgres(store);
        await conformance.InitializeAsync();
        try
        {
            var method = typeof(GrainClusterConformance).GetMethod(test)!;
            var data = RowsOf(method) is { Count: > 0 } rows ? rows[row] : [];
            await (Task)method.Invoke(conformance, data)!;
        }
        finally
        {
            await conformance.DisposeAsync();
        }
    }

    [Fact]
    public void All_tests_of_the_class_are_among_them() => Assert.InRange(Tests.Count, 25, 100);

    private static bool IsTest(MethodInfo method) => method.GetCustomAttribute<FactAttribute>() is not null;

    private static List<object[]> RowsOf(MethodInfo method) =>
        [.. method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method))];

    private sealed class OnPostgres(PostgresStore store) : EmbeddedClusterConformanceTests
    {
        protected override int AsksEach => 100;

        protected override async ValueTask<IJournal> OpenJournalAsync() => await store.OpenAsync();
    }
}
