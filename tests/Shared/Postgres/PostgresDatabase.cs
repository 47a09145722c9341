namespace Market.TestSupport;

/// <summary>An empty database of one test.</summary>
internal sealed class PostgresDatabase(PostgresServer server, string name) : IDisposable
{
    /// <summary>The server that it is on.</summary>
    public PostgresServer Server => server;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Its address, `postgres://…`, with the superuser's name and password.</summary>
    public string Address => server.AddressOf(name);

    /// <summary>Runs SQL in it; its answer, a row a line and '|' between columns.</summary>
    public string Query(string sql) => server.Query(name, sql);

    /// <summary>Drops it, whoever is still connected.</summary>
    public void Dispose() => server.Query("postgres", $"DROP DATABASE {name} WITH (FORCE)");
}
