namespace Market.TestSupport;

/// <summary>A test that starts a PostgreSQL server; skipped where its programs are not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithPostgresAttribute : FactAttribute
{
    public FactWithPostgresAttribute() => Skip = PostgresBinaries.MissingReason;
}

/// <summary>
/// A test with rows of data that starts a PostgreSQL server; skipped where its programs are not installed.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithPostgresAttribute : TheoryAttribute
{
    public TheoryWithPostgresAttribute() => Skip = PostgresBinaries.MissingReason;
}
