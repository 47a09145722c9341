using System.Reflection;
using Market.Grains.Journaling;
using Market.Grains.Searching;
using Market.TestSupport;
using Xunit.Sdk;

namespace Market.Grains.Tests.Searching;

/// <summary>Every test of a catalogue once more, with the catalogue in PostgreSQL.</summary>
public sealed class PostgresCatalogTests : IDisposable
{
    private static readonly Type[] Conformance =
        [typeof(FindingTests), typeof(PagingTests), typeof(ComparisonTests), typeof(QueryRefusalTests)];

    private readonly List<PostgresDatabase> _databases = [];

    public static TheoryData<string, string> Tests
    {
        get
        {
            var tests = new TheoryData<string, string>();
            foreach (var type in Conformance)
            {
                foreach (var method in MethodsOf(type))
                {
                    tests.Add(type.Name, method.Name);
                }
            }

            return tests;
        }
    }

    public void Dispose() => _databases.ForEach(static database => database.Dispose());

    [TheoryWithPostgres]
    [MemberData(nameof(Tests))]
    public async Task A_catalogue_in_PostgreSQL_answers_as_any_other(string type, string test)
    {
        var tests = (CatalogConformance)Activator.CreateInstance(Conformance.Single(one => one.Name == type))!;
        tests.Start = StartAsync;
        await tests.InitializeAsync();
        try
        {
            var method = MethodsOf(tests.GetType()).Single(one => one.Name == test);
            foreach (var arguments in ArgumentsOf(method))
            {
                var running = (Task)method.Invoke(tests, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
                await running;
                Assert.True(running is not Task<bool> property || await property, string.Concat(arguments));
            }
        }
        finally
        {
            await tests.DisposeAsync();
        }
    }

    /// <summary>What a test is run with: a theory's own data; of a property a few, since it has random ones in memory.
    /// </summary>
    private static object[][] ArgumentsOf(MethodInfo method) =>
        method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method)).ToArray() is
        { Length: > 0 } data ? data
        : method.GetParameters().SingleOrDefault()?.ParameterType switch
        {
            null => [[]],
            { } type when type == typeof(int) => [[1], [2]],
            { } type when type == typeof(string) =>
            [
                ["lamp & said"], ["' | 'lamp"], ["!lamp"], ["lamp:*"], ["lamp <-> said"], ["((("], ["\\'); --"], ["$1"],
            ],
            var type => throw new NotSupportedException($"{method.Name} takes a {type}."),
        };

    private static IEnumerable<MethodInfo> MethodsOf(Type type) => type
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(static method => method.GetCustomAttributes<FactAttribute>().Any());

    private Task<CatalogBench> StartAsync()
    {
        _databases.Add(PostgresServer.Shared.CreateDatabase());
        var journal = new MemoryJournal();
        return CatalogBench.StartAsync(journal, new PostgresCatalog(journal, new PostgresCatalogOptions
        {
            Address = StoreAddress.Parse(_databases[^1].Address),
        }));
    }
}
