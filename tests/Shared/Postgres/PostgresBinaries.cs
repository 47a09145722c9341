using System.Diagnostics;

namespace Market.TestSupport;

/// <summary>
/// PostgreSQL's own programs, as Debian's package or the search path has them. The server refuses to run as root, so
/// where this process is root they run as `postgres` or `nobody`.
/// </summary>
internal static class PostgresBinaries
{
    private const string DebianFolder = "/usr/lib/postgresql";

    private static readonly string[] Programs = ["initdb", "postgres", "pg_ctl", "psql"];

    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>Why no server can be started here; null where one can.</summary>
    public static string? MissingReason =>
        !OperatingSystem.IsLinux() ? "A throw-away PostgreSQL server is started on Linux only."
        : Found.Value is null ? "PostgreSQL is not installed: apt-get install postgresql, or put initdb on the PATH."
        : null;

    /// <summary>The user whose files and processes the server's are; null where they are our own.</summary>
    public static string? User { get; } = !Environment.IsPrivilegedProcess ? null
        : HasUser("postgres") ? "postgres" : "nobody";

    /// <summary>The path of a program.</summary>
    public static string PathOf(string program) => Path.Combine(
        Found.Value ?? throw new InvalidOperationException(MissingReason), program);

    /// <summary>Runs a program to its end; what it wrote, without the last line's end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it wrote.</exception>
    public static string Run(string program, string[] arguments, string? password = null)
    {
        using var process = Process.Start(Describe(program, arguments, password))!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.TrimEnd('\n')
            : throw new InvalidOperationException($"{Path.GetFileName(program)} failed: {errors.Result}{output}");
    }

    /// <summary>How a program is started as the server's user.</summary>
    public static ProcessStartInfo Describe(string program, string[] arguments, string? password = null)
    {
        string[] asUser = User is null ? [] : ["setpriv", $"--reuid={User}", "--regid=nogroup", "--clear-groups"];
        string[] words = [.. asUser, program, .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = "/",
        };
        start.Environment["PGPASSWORD"] = password;
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }

    private static string? Find()
    {
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var ofDebian = Directory.Exists(DebianFolder)
            ? Directory.GetDirectories(DebianFolder)
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var major) ? major : 0)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return onPath.Concat(ofDebian).FirstOrDefault(folder =>
            Programs.All(program => File.Exists(Path.Combine(folder, program))));
    }

    private static bool HasUser(string name) =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith(name + ':', StringComparison.Ordinal));
}
