using System.Globalization;

namespace Market.Silo.Commands.Doctor;

/// <summary>Which program listens on a port, as far as Linux tells this user.</summary>
internal static class PortHolder
{
    private const string Listening = "0A";
    private const int AddressColumn = 1;
    private const int StateColumn = 3;
    private const int InodeColumn = 9;

    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>The program's name and process, such as "market, process 12"; null where it cannot be told.</summary>
    public static string? Find(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var sockets = SocketsOf(port);
        return sockets.Count == 0 ? null : Directory.EnumerateDirectories("/proc")
            .Where(static folder => Path.GetFileName(folder).All(char.IsAsciiDigit))
            .Where(folder => HasAny(folder, sockets))
            .Select(static folder => $"{NameOf(folder)}, process {Path.GetFileName(folder)}")
            .FirstOrDefault();
    }

    private static HashSet<string> SocketsOf(int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return [.. Tables.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns.Length > InodeColumn && columns[StateColumn] == Listening
                && columns[AddressColumn].EndsWith(suffix, StringComparison.Ordinal))
            .Select(static columns => $"socket:[{columns[InodeColumn]}]")];
    }

    private static bool HasAny(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd"))
                .Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // another user's, or it has ended
        }
    }

    private static string NameOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "a program";
        }
    }
}
