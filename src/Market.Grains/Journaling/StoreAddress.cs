using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>
/// Where a market's store is, as its user writes it: a folder, `postgres://user:password@host:port/database`, or
/// Npgsql's own `Host=…;Database=…`. It never shows a password.
/// </summary>
public sealed class StoreAddress
{
    private const string Form = "write postgres://user:password@host:port/database?sslmode=require";

    private readonly string? _connectionString;

    private StoreAddress(string text, string? connectionString)
    {
        Text = text;
        _connectionString = connectionString;
    }

    /// <summary>What may be shown and logged: the folder, or the database without the password.</summary>
    public string Text { get; }

    /// <summary>Whether it names a PostgreSQL database; else it is a folder.</summary>
    public bool IsPostgres => _connectionString is not null;

    /// <summary>The folder.</summary>
    /// <exception cref="InvalidOperationException">It is a database.</exception>
    public string Folder => IsPostgres ? throw new InvalidOperationException($"'{Text}' is no folder.") : Text;

    /// <summary>Npgsql's connection string, with the password in it: for a driver only, never for people.</summary>
    /// <exception cref="InvalidOperationException">It is a folder.</exception>
    public string ConnectionString =>
        _connectionString ?? throw new InvalidOperationException($"'{Text}' is no database.");

    /// <summary>Reads an address.</summary>
    /// <exception cref="StoreAddressException">It is none; the message repeats nothing secret.</exception>
    public static StoreAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new StoreAddressException($"it is empty; give a folder, or {Form}");
        }

        if (text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) ||
            text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase))
        {
            return OfDatabase(StoreUri.Parse(text));
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            throw new StoreAddressException($"its scheme is not known; give a folder, or {Form}");
        }

        return IsKeyValueForm(text) ? OfDatabase(ParseKeyValues(text)) : new StoreAddress(text, null);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsKeyValueForm(string text) => text.Split(';').Any(part =>
        part.Split('=', 2) is [var key, _] && key.Trim().ToUpperInvariant() is "HOST" or "SERVER" or "DATABASE");

    private static NpgsqlConnectionStringBuilder ParseKeyValues(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            // The driver's message may quote a value, and so the password.
            throw new StoreAddressException($"a key or value of its connection string is not known; {Form}");
        }
    }

    private static StoreAddress OfDatabase(NpgsqlConnectionStringBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Host))
        {
            throw new StoreAddressException($"it names no host; {Form}");
        }

        if (string.IsNullOrEmpty(builder.Database))
        {
            throw new StoreAddressException($"it names no database; {Form}");
        }

        var user = string.IsNullOrEmpty(builder.Username) ? "" : $"{Uri.EscapeDataString(builder.Username)}@";
        var host = builder.Host.StartsWith('/') ? "" : $"{Bracketed(builder.Host)}:{builder.Port}";
        var socket = builder.Host.StartsWith('/') ? $"?host={builder.Host}&port={builder.Port}" : "";
        return new StoreAddress(
            $"postgres://{user}{host}/{Uri.EscapeDataString(builder.Database)}{socket}", builder.ConnectionString);
    }

    private static string Bracketed(string host) => host.Contains(':') && !host.Contains(',') ? $"[{host}]" : host;
}
