using System.Globalization;
using Market.Silo.Commands.Audit;
using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Doctor;

/// <summary>What the look at a store gave.</summary>
/// <param name="Findings">What was found.</param>
/// <param name="IsThere">Whether there is a store, whatever its state.</param>
/// <param name="Market">The market's id; null where no store can be read.</param>
/// <param name="LastEventAt">When its last event happened, by its own word; null where there is none.</param>
/// <param name="ReceiptKeys">The ids of the keys that signed the latest receipts.</param>
/// <param name="IsDatabase">Whether a database has it; its private table then needs the folder's key.</param>
internal sealed record StoreLook(
    IReadOnlyList<DoctorFinding> Findings,
    bool IsThere,
    string? Market = null,
    DateTimeOffset? LastEventAt = null,
    IReadOnlyCollection<string>? ReceiptKeys = null,
    bool IsDatabase = false);

/// <summary>Whether the data can be used: its folder, its file, its lock, the room that is left.</summary>
internal static class StoreCheck
{
    private const string Check = "store";
    private const string StoreName = "market.sqlite";
    private const int LatestRows = 10_000;
    private const long RoomMin = 100L * 1024 * 1024;
    private const long RoomGood = 1024L * 1024 * 1024;

    /// <summary>Looks at a data folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="freeBytes">How much room there is at a path; asks the machine by default.</param>
    public static StoreLook Run(string folder, Func<string, long>? freeBytes = null)
    {
        var findings = new List<DoctorFinding>();
        if (File.Exists(folder))
        {
            findings.Add(DoctorFinding.Problem(
                Check, $"'{folder}' is a file.", "Name a folder with --data, or move the file away."));
            return new StoreLook(findings, IsThere: false);
        }

        findings.AddRange(CheckRoom(folder, freeBytes ?? FreeBytesAt));
        var store = Path.Combine(folder, StoreName);
        if (File.Exists(store))
        {
            return LookInto(folder, findings, static store => store.IsInUse
                ? "A running market has it open."
                : "Nobody has it open.");
        }

        findings.Add(File.Exists(store + "-wal")
            ? DoctorFinding.Problem(
                Check, $"'{store}' is missing while its write-ahead log is there.", "Restore it from a backup.")
            : DoctorFinding.Ok(Check, $"There is no market in '{folder}' yet; `market serve` makes one."));
        return new StoreLook(findings, IsThere: false);
    }

    /// <summary>Looks into a store, whatever keeps it.</summary>
    /// <param name="place">The store.</param>
    /// <param name="findings">What was found before; this adds to it.</param>
    /// <param name="use">Says who has it open.</param>
    public static StoreLook LookInto(AuditPlace place, List<DoctorFinding> findings, Func<AuditStore, string> use)
    {
        try
        {
            using var store = AuditStore.Open(place);
            findings.Add(DoctorFinding.Ok(Check, use(store)));
            if (store.FindDamage() is { } damage)
            {
                findings.Add(DoctorFinding.Problem(
                    Check, $"It is damaged: {damage}.", "Stop the market and restore it from a backup."));
                return new StoreLook(findings, IsThere: true);
            }

            var rows = store.ReadLastPosition();
            findings.Add(store.ReadMarket() is { } market
                ? DoctorFinding.Ok(
                    Check,
                    string.Create(CultureInfo.InvariantCulture, $"{market}, {rows:N0} events; the store is sound."))
                : DoctorFinding.Problem(Check, "It does not name its market.", "Restore it from a backup."));
            var (at, keys) = ReadLatest(store, rows);
            return new StoreLook(findings, IsThere: true, store.ReadMarket()?.ToString(), at, keys);
        }
        catch (NotAuditableException error)
        {
            findings.Add(DoctorFinding.Problem(
                Check, error.Message, "Restore it from a backup, or use the program that wrote it."));
            return new StoreLook(findings, IsThere: true);
        }
    }

    private static (DateTimeOffset? At, HashSet<string> Keys) ReadLatest(AuditStore store, long rows)
    {
        var (at, keys) = (0L, new HashSet<string>(StringComparer.Ordinal));
        foreach (var row in store.ReadRows(Math.Max(0, rows - LatestRows)))
        {
            try
            {
                var @event = StoredEventReader.Read(row.Body);
                at = Math.Max(at, TimeOf(row.Body));
                if (@event is DealSettled settled)
                {
                    keys.Add(settled.Receipt.KeyId);
                }
            }
            catch (UnreadableException)
            {
                // `market audit verify` is for what is in the rows; here only the times and the keys count.
            }
        }

        return (at is > 0 and < 3_155_378_976_000_000_000 ? new DateTimeOffset(at, TimeSpan.Zero) : null, keys);
    }

    // Every event is [number, [time, ...]].
    private static long TimeOf(ReadOnlySpan<byte> body)
    {
        var reader = new FormReader(body);
        reader.BeginArray(required: 2);
        reader.Int32();
        reader.BeginArray(1);
        return reader.Int64();
    }

    private static IEnumerable<DoctorFinding> CheckRoom(string folder, Func<string, long> freeBytes)
    {
        var place = folder;
        while (!Directory.Exists(place))
        {
            place = Path.GetDirectoryName(place) ?? "/";
        }

        if (WhyNotWritable(place) is { } reason)
        {
            yield return DoctorFinding.Problem(
                Check, $"Nothing can be written in '{place}': {reason}",
                "Give the folder to the user that runs the market, or name another with --data.");
        }

        var free = freeBytes(place);
        var room = string.Create(CultureInfo.InvariantCulture, $"{free / (1024.0 * 1024 * 1024):N1} GiB are free.");
        yield return free switch
        {
            < RoomMin => DoctorFinding.Problem(
                Check, room, "Make room: a market whose disk is full refuses everything that it must store."),
            < RoomGood => DoctorFinding.Warning(Check, room, "Make room before the market grows into it."),
            _ => DoctorFinding.Ok(Check, room),
        };
    }

    private static long FreeBytesAt(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    private static string? WhyNotWritable(string folder)
    {
        var probe = Path.Combine(folder, $".market-doctor-{Guid.NewGuid():n}");
        try
        {
            using var file = new FileStream(
                probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }
}
