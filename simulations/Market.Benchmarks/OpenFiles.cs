using System.Globalization;

namespace Market.Benchmarks;

/// <summary>Whether this process, and those that it starts, may hold as many connections as are needed.</summary>
internal static class OpenFiles
{
    private const int Beside = 500;
    private const string LimitsFile = "/proc/self/limits";
    private const string Name = "Max open files";

    /// <summary>Refuses to begin what would fail in the middle.</summary>
    /// <exception cref="InvalidOperationException">The limit of open files is too low.</exception>
    public static void Require(int connections)
    {
        if (!File.Exists(LimitsFile))
        {
            return; // not Linux: it shows when a connection fails
        }

        var line = File.ReadLines(LimitsFile).First(static one => one.StartsWith(Name, StringComparison.Ordinal));
        var soft = line[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        if (long.TryParse(soft, CultureInfo.InvariantCulture, out var limit) && limit < connections + Beside)
        {
            throw new InvalidOperationException(
                $"{limit} files may be open, and {connections} connections need {connections + Beside}; "
                + $"raise it: ulimit -n {connections + Beside}");
        }
    }
}
