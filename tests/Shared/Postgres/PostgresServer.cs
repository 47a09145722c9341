using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Market.TestSupport;

/// <summary>
/// A throw-away PostgreSQL server: files in a temporary folder, a free port of the loopback address, a password. It
/// syncs its disk as a real one does. However this process ends, a watcher that notices it stops the server and
/// removes the folder.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    /// <summary>The superuser.</summary>
    public const string User = "market";

    private const int PortsTried = 5;

    private static readonly Lazy<PostgresServer> OfProcess = new(Launch);

    private readonly string _folder = Directory.CreateTempSubdirectory("market-pg-").FullName;
    private readonly Process _watcher;
    private int _databases;

    private PostgresServer()
    {
        if (PostgresBinaries.User is { } user)
        {
            using var chown = Process.Start("chown", [$"{user}:nogroup", _folder]);
            chown.WaitForExit();
        }

        _watcher = Watch();
        Initialise();
        Start();
    }

    /// <summary>The one that all tests of this process share, each with a database of its own.</summary>
    public static PostgresServer Shared => OfProcess.Value;

    /// <summary>The superuser's password.</summary>
    public string Password { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The port, on 127.0.0.1; it stays the same over restarts.</summary>
    public int Port { get; private set; }

    /// <summary>The server's log so far.</summary>
    public string Log => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "";

    private string DataPath => Path.Combine(_folder, "data");

    private string LogPath => Path.Combine(_folder, "log");

    /// <summary>Starts one of a test's own, to be stopped, frozen or killed.</summary>
    public static PostgresServer Launch() => new();

    /// <summary>The address of a database.</summary>
    public string AddressOf(string database) => string.Create(
        CultureInfo.InvariantCulture, $"postgres://{User}:{Password}@127.0.0.1:{Port}/{database}?sslmode=disable");

    /// <summary>Makes an empty database; dispose of it to drop it.</summary>
    public PostgresDatabase CreateDatabase()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        Query("postgres", $"CREATE DATABASE {name}");
        return new PostgresDatabase(this, name);
    }

    /// <summary>Runs SQL as the superuser; its answer, a row a line and '|' between columns.</summary>
    public string Query(string database, string sql) => PostgresBinaries.Run(
        PostgresBinaries.PathOf("psql"),
        [
            "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", User, "-d", database,
            "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql,
        ],
        Password);

    /// <summary>Ends it as a crash would: no checkpoint, no farewell; what was not synced is gone.</summary>
    public void StopImmediately() => Control("stop", "-m", "immediate");

    /// <summary>Ends it as its operator would: sessions are ended, their transactions undone.</summary>
    public void StopFast() => Control("stop", "-m", "fast");

    /// <summary>Starts it again, on the same port and files.</summary>
    public void Start()
    {
        for (var tries = 1; ; tries++)
        {
            var isFirst = Port == 0;
            Port = isFirst ? FreePort() : Port;
            try
            {
                Control("start", "-l", LogPath, "-o", string.Create(CultureInfo.InvariantCulture, $"-p {Port}"));
                return;
            }
            catch (InvalidOperationException) when (isFirst && tries < PortsTried)
            {
                Port = 0; // another process took the port in between
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watcher.StandardInput.Close();
        _watcher.WaitForExit();
        _watcher.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Its input ends when this process ends, in whatever way.
    private Process Watch()
    {
        const string script =
            """
            read -r _; "$1" -D "$2/data" -m immediate stop; rm -rf "$2"
            """;
        var start = PostgresBinaries.Describe(
            "/bin/sh", ["-c", script, "sh", PostgresBinaries.PathOf("pg_ctl"), _folder]);
        start.RedirectStandardInput = true;
        return Process.Start(start)!;
    }

    private void Initialise()
    {
        const string script = """printf '%s' "$PGPASSWORD" >"$3"; "$1" -D "$2" -U "$4" --pwfile="$3" $5""";
        const string options = "-A scram-sha-256 -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions";
        PostgresBinaries.Run(
            "/bin/sh",
            [
                "-c", script, "sh", PostgresBinaries.PathOf("initdb"), DataPath, Path.Combine(_folder, "password"),
                User, options,
            ],
            Password);
        const string settings =
            """
            listen_addresses = '127.0.0.1'
            shared_buffers = 128MB
            max_connections = 200
            max_wal_size = 1GB
            log_min_messages = warning
            """;
        PostgresBinaries.Run(
            "/bin/sh",
            [
                "-c", """printf '%s\n' "$1" "unix_socket_directories = '$2'" >>"$2/data/postgresql.conf" """, "sh",
                settings, _folder,
            ]);
    }

    private void Control(params string[] arguments) =>
        PostgresBinaries.Run(PostgresBinaries.PathOf("pg_ctl"), ["-D", DataPath, "-w", "-s", .. arguments]);
}
