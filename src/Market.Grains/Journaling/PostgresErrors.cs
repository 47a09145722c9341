using System.Net.Sockets;
using Npgsql;

namespace Market.Grains.Journaling;

/// <summary>What the driver's errors mean: for the journal, and as one sentence for people.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether it comes from the driver or from the server.</summary>
    public static bool IsOfStorage(Exception error) => error is NpgsqlException or TimeoutException or SocketException
        or IOException;

    /// <summary>
    /// Whether the server answered that it refused this one statement, so that nothing of it is there. Any other error
    /// leaves that open: a session may be ended between its commit and the answer.
    /// </summary>
    public static bool IsRefusal(Exception error) => error is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>The error of an operation on a connection that had been made.</summary>
    public static StoreException OfOperation(string operation, Exception error) => error is PostgresException answer
        ? new StoreOperationException(operation, OneLine(answer.MessageText) + Advice(answer), answer.SqlState, error)
        : new StoreOperationException(operation, OneLine(error.InnerException?.Message ?? error.Message), "", error);

    /// <summary>The error of an attempt to connect.</summary>
    public static StoreException OfConnect(StoreAddress address, Exception error)
    {
        var finding = error switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword } =>
                "the server does not accept the password; give user and password as postgres://user:password@host/…",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
                "the server has no such database; make it by `createdb`",
            PostgresException answer => OneLine(answer.MessageText) + Advice(answer),
            _ when FindSocketError(error) is { } socket =>
                $"{OneLine(socket.Message)}; start the server, or give its host and port",
            _ => OneLine(error.InnerException?.Message ?? error.Message),
        };
        return new StoreUnreachableException(address, finding, error);
    }

    private static SocketException? FindSocketError(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is SocketException socket)
            {
                return socket;
            }
        }

        return null;
    }

    private static string Advice(PostgresException answer) => answer.SqlState switch
    {
        PostgresErrorCodes.DiskFull => "; make room on the server's disk",
        PostgresErrorCodes.LockNotAvailable => "; end the session that holds the lock",
        PostgresErrorCodes.InsufficientPrivilege => "; the user needs the right to make and use the schema 'market'",
        PostgresErrorCodes.TooManyConnections => "; raise max_connections on the server",
        _ => "",
    };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
