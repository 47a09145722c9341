using System.Reflection;
using Market.Grains.Journaling;
using Market.TestSupport;

namespace Market.Grains.Tests.Journaling;

/// <summary>
/// Every test of the journal's contract once more, on PostgreSQL; as rows of a theory, which can be skipped as a whole.
/// </summary>
public sealed class PostgresJournalTests
{
    public static TheoryData<string, int> Contract => TestsOf(typeof(OnPostgres));

    public static TheoryData<string, int> Interleavings => TestsOf(typeof(InterleavedOnPostgres));

    [TheoryWithPostgres]
    [MemberData(nameof(Contract))]
    public async Task The_journal_in_PostgreSQL_keeps_the_contract(string test, int data)
    {
        using var tests = new OnPostgres();
        await tests.InitializeAsync();
        await RunAsync(tests, test, data);
        await tests.DisposeAsync();
    }

    [TheoryWithPostgres]
    [MemberData(nameof(Interleavings))]
    public async Task Writers_that_race_on_PostgreSQL_keep_the_contract(string test, int data)
    {
        using var tests = new InterleavedOnPostgres();
        await RunAsync(tests, test, data);
    }

    private static TheoryData<string, int> TestsOf(Type type)
    {
        var tests = new TheoryData<string, int>();
        foreach (var method in type.GetMethods().Where(method => method.IsDefined(typeof(FactAttribute))))
        {
            for (var data = 0; data < ArgumentsOf(method).Length; data++)
            {
                tests.Add(method.Name, data);
            }
        }

        return tests;
    }

    private static object?[][] ArgumentsOf(MethodInfo method) =>
        method.GetCustomAttributes<InlineDataAttribute>().SelectMany(data => data.GetData(method)).ToArray()
            is { Length: > 0 } rows ? rows : [[]];

    private static Task RunAsync(object tests, string test, int data)
    {
        var method = tests.GetType().GetMethod(test)!;
        return (Task)method.Invoke(tests, BindingFlags.DoNotWrapExceptions, null, ArgumentsOf(method)[data], null)!;
    }

    private sealed class OnPostgres : JournalConformance, IDisposable
    {
        private readonly PostgresStore _store = new();

        public void Dispose() => _store.Dispose();

        protected override async Task<IJournal> OpenJournalAsync() => await _store.OpenAsync();
    }

    private sealed class InterleavedOnPostgres : JournalInterleavingConformance, IDisposable
    {
        private readonly PostgresStore _store = new();

        public void Dispose() => _store.Dispose();

        protected override async Task<IJournal> OpenJournalAsync() => await _store.OpenAsync();
    }
}
