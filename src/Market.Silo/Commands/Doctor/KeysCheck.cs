using System.Globalization;
using System.Security.Cryptography;
using Market.Silo.Commands.Audit;
using Market.Silo.Keys;

namespace Market.Silo.Commands.Doctor;

/// <summary>Whether the market's secrets are there, whole, their owner's alone, and named by its receipts.</summary>
internal static class KeysCheck
{
    private const string Check = "keys";
    private const string SigningKey = "market-signing.pem";
    private const string CursorKey = "cursor.key";
    private const int CursorKeyBytes = 16;
    private const string Restore = "Restore it from a backup; a new one would not be the one that agents know.";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Looks at the folder of keys beside a store.</summary>
    public static IReadOnlyList<DoctorFinding> Run(string dataFolder, StoreLook store)
    {
        var folder = Path.Combine(dataFolder, KeyFolder.Name);
        if (!Directory.Exists(folder))
        {
            return
            [
                store.IsThere
                    ? DoctorFinding.Problem(Check, $"'{folder}' is missing.", Restore)
                    : DoctorFinding.Ok(Check, "There are none yet; they are made at the first start."),
            ];
        }

        var findings = new List<DoctorFinding>();
        if (!store.IsThere)
        {
            findings.Add(DoctorFinding.Warning(
                Check,
                "There are keys, but no store.",
                "Restore the store too, or move the keys of another market away."));
        }

        try
        {
            findings.AddRange(CheckModes(folder));
            findings.AddRange(CheckSecrets(folder, dataFolder, store));
            findings.AddRange(CheckReceipts(dataFolder, store));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Add(DoctorFinding.Problem(
                Check,
                $"They cannot be read: {error.Message}",
                "Run this, and the market, as the user that owns them."));
        }

        if (findings.TrueForAll(static finding => finding.Level == FindingLevel.Ok))
        {
            findings.Add(DoctorFinding.Ok(Check, "All are whole, and their owner's alone."));
        }

        return findings;
    }

    private static IEnumerable<DoctorFinding> CheckModes(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        if ((File.GetUnixFileMode(folder) & Others) != 0)
        {
            yield return DoctorFinding.Warning(
                Check, $"Others may look into '{folder}'.", $"chmod 700 '{folder}'");
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order())
        {
            if ((File.GetUnixFileMode(file) & Others) != 0 && !IsPublic(file))
            {
                yield return DoctorFinding.Problem(Check, $"Others may read '{file}'.", $"chmod 600 '{file}'");
            }
        }
    }

    // What is published: checkpoints, the certificate, and the public halves of old keys.
    private static bool IsPublic(string file) =>
        file.EndsWith(".jsonl", StringComparison.Ordinal) || file.EndsWith(".crt", StringComparison.Ordinal)
        || (file.EndsWith(".pem", StringComparison.Ordinal)
            && !File.ReadAllText(file).Contains("PRIVATE", StringComparison.Ordinal));

    private static IEnumerable<DoctorFinding> CheckSecrets(string folder, string dataFolder, StoreLook store)
    {
        var hasStore = store.IsThere;
        var needsDataKey = store is { IsDatabase: true, IsThere: true }
            || File.Exists(Path.Combine(dataFolder, PrivateTable.FileName));
        (string Name, bool IsNeeded, Func<string, bool> IsWhole)[] secrets =
        [
            (SigningKey, hasStore, IsSigningKey),
            (CursorKey, hasStore, static path => new FileInfo(path).Length == CursorKeyBytes),
            (MarketKeys.DataKeyName, needsDataKey, static path => new FileInfo(path).Length == SealedBox.KeyBytes),
        ];
        foreach (var (name, isNeeded, isWhole) in secrets)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                if (isNeeded)
                {
                    yield return DoctorFinding.Problem(Check, $"'{path}' is missing.", Restore);
                }
            }
            else if (!isWhole(path))
            {
                yield return DoctorFinding.Problem(Check, $"'{path}' is damaged.", Restore);
            }
        }
    }

    private static bool IsSigningKey(string path)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key.KeySize == 256;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            return false;
        }
    }

    private static IEnumerable<DoctorFinding> CheckReceipts(string dataFolder, StoreLook store)
    {
        if (store.ReceiptKeys is not { Count: > 0 } named)
        {
            yield break;
        }

        var keys = AuditKeys.Load(dataFolder);
        var unknown = named.Where(id => !IsKnown(keys, id)).Order(StringComparer.Ordinal).ToList();
        foreach (var id in unknown)
        {
            yield return DoctorFinding.Problem(
                Check, $"Receipts name the key '{id}', which is not there.",
                "Put its public half, in PEM, into the folder of keys: without it nobody can verify them.");
        }

        if (unknown.Count == 0)
        {
            yield return DoctorFinding.Ok(Check, string.Create(
                CultureInfo.InvariantCulture, $"The latest receipts name {named.Count} of them."));
        }
    }

    private static bool IsKnown(AuditKeys keys, string id)
    {
        keys.Find(id, out var isKnown);
        return isKnown;
    }
}
