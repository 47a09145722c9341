using System.Globalization;
using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>
/// Reads `postgres://user:password@host:port/database?key=value`, the form that PostgreSQL's own programs take. The
/// framework's parser of addresses is not used: its errors repeat the text, and so the password.
/// </summary>
internal static class StoreUri
{
    private const string Keys =
        "sslmode, sslrootcert, sslcert, sslkey, connect_timeout, application_name, host, port, user, password, " +
        "target_session_attrs";

    /// <summary>The parts of an address whose scheme has been seen to be right.</summary>
    /// <exception cref="StoreAddressException">A part is wrong.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        var rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var builder = new NpgsqlConnectionStringBuilder();
        if (rest.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query)
        {
            TakeQuery(builder, rest[(query + 1)..]);
            rest = rest[..query];
        }

        if (rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash)
        {
            if (slash + 1 < rest.Length)
            {
                builder.Database = Decode(rest[(slash + 1)..]);
            }

            rest = rest[..slash];
        }

        // A password may hold an '@' that nobody encoded; a host never does.
        if (rest.LastIndexOf('@') is >= 0 and var at)
        {
            TakeUser(builder, rest[..at]);
            rest = rest[(at + 1)..];
        }

        TakeHost(builder, rest);
        return builder;
    }

    private static void TakeUser(NpgsqlConnectionStringBuilder builder, string text)
    {
        var parts = text.Split(':', 2);
        builder.Username = Decode(parts[0]);
        if (parts.Length == 2)
        {
            builder.Password = Decode(parts[1]);
        }
    }

    private static void TakeHost(NpgsqlConnectionStringBuilder builder, string text)
    {
        var end = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) + 1 : text.IndexOf(':');
        var host = end < 0 ? text : text[..end];
        if (end >= 0 && end < text.Length)
        {
            builder.Port = Port(text[(end + 1)..]);
        }

        if (host.Length > 0)
        {
            builder.Host = Decode(host.Trim('[', ']'));
        }
    }

    private static void TakeQuery(NpgsqlConnectionStringBuilder builder, string query)
    {
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [var key, var raw])
            {
                throw new StoreAddressException($"after the '?' come key=value pairs with one of the keys {Keys}");
            }

            Take(builder, key, Decode(raw));
        }
    }

    private static void Take(NpgsqlConnectionStringBuilder builder, string key, string value)
    {
        switch (key)
        {
            case "sslmode":
                builder.SslMode = Mode(value);
                break;
            case "sslrootcert":
                builder.RootCertificate = value;
                break;
            case "sslcert":
                builder.SslCertificate = value;
                break;
            case "sslkey":
                builder.SslKey = value;
                break;
            case "connect_timeout":
                builder.Timeout = Seconds(value);
                break;
            case "application_name":
                builder.ApplicationName = value;
                break;
            case "target_session_attrs":
                builder.TargetSessionAttributes = value;
                break;
            case "host":
                builder.Host = value;
                break;
            case "port":
                builder.Port = Port(value);
                break;
            case "user":
                builder.Username = value;
                break;
            case "password":
                builder.Password = value;
                break;
            default:
                throw new StoreAddressException($"the key '{key}' is not known; the keys are {Keys}");
        }
    }

    private static SslMode Mode(string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new StoreAddressException(
            "its sslmode must be disable, allow, prefer, require, verify-ca or verify-full"),
    };

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65_535
            ? port
            : throw new StoreAddressException("its port must be a number from 1 to 65535");

    private static int Seconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 1_024
            ? seconds
            : throw new StoreAddressException("its connect_timeout must be a number of seconds up to 1024");

    private static string Decode(string text) => Uri.UnescapeDataString(text);
}
