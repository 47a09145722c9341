using System.Text;
using Market.Silo.Commands.Audit.Reading;

namespace Market.Silo.Commands.Audit;

/// <summary>
/// What was published of the book, against the book: every published entry is there with its published hash, so that
/// of any two checkpoints the later contains the earlier (INV-14), and the store is no old copy (F9).
/// </summary>
internal sealed class CheckpointsAudit(AuditContext context)
{
    /// <summary>Where the market publishes, unless it was told otherwise; in the data folder.</summary>
    public const string DefaultFile = "keys/checkpoints.jsonl";

    private readonly Dictionary<long, List<AuditedCheckpoint>> _byEntry = [];
    private string _file = "";
    private long _last;

    /// <summary>Published checkpoints that the book contains.</summary>
    public long Contained { get; private set; }

    /// <summary>The last entry that a checkpoint of the file covers; 0 for none.</summary>
    public long CoversUpTo { get; private set; }

    /// <summary>
    /// The lines of a file; none where no file is named and none is beside the keys. To be read before the store, which
    /// may go on meanwhile. A last line without its end was never published.
    /// </summary>
    /// <exception cref="NotAuditableException">The file that is named cannot be read.</exception>
    public static (string File, string[] Lines) Read(string dataFolder, string? path)
    {
        var beside = Path.Combine(dataFolder, DefaultFile);
        if (path is null && !File.Exists(beside))
        {
            return (beside, []);
        }

        path ??= beside;
        try
        {
            return (path, File.ReadAllText(path, Encoding.UTF8).Split('\n')[..^1]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NotAuditableException($"The checkpoints '{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Takes what was published, to compare the entries with it.</summary>
    public void Load(string file, string[] lines)
    {
        _file = file;
        for (var i = 0; i < lines.Length; i++)
        {
            Add(AuditedCheckpoint.Parse(lines[i], i + 1), i + 1);
        }
    }

    /// <summary>An entry of the book, with its hash as it is stored.</summary>
    public void Take(StoredRow row)
    {
        if (!_byEntry.Remove(row.Version, out var published))
        {
            return;
        }

        foreach (var one in published)
        {
            var isSame = row.Hash.Length == Hash32.Size && Hash32.From(row.Hash) == one.Head;
            Contained += isSame ? 1 : 0;
            context.Findings.Require(
                row, isSame,
                $"It was published with the hash {one.Head} ({_file}, line {one.Line}): up to here the history was " +
                $"written anew.");
        }
    }

    /// <summary>After the last entry: what was published and is not there.</summary>
    public void Complete(long entries)
    {
        foreach (var one in _byEntry.Values.SelectMany(static one => one).OrderBy(static one => one.Line))
        {
            context.Findings.AddStore(0, 0, 0, FormattableString.Invariant(
                $"The book ends at entry {entries} and was published up to entry {one.Entry} at {one.At} ({_file}, ")
                + $"line {one.Line}): the store is an old copy, or entries were removed.");
        }
    }

    private void Add(AuditedCheckpoint? checkpoint, int line)
    {
        if (checkpoint is null)
        {
            context.Findings.AddStore(0, 0, 0, $"Line {line} of {_file} is no checkpoint.");
        }
        else if (checkpoint.Market != context.Market)
        {
            context.Findings.AddStore(
                0, 0, 0, $"Line {line} of {_file} is of {checkpoint.Market}; the store is {context.Market}.");
        }
        else
        {
            if (checkpoint.Entry <= _last)
            {
                context.Findings.AddStore(0, 0, 0, FormattableString.Invariant(
                    $"Line {line} of {_file} covers up to entry {checkpoint.Entry}, which a line before it did."));
            }

            CoversUpTo = _last = Math.Max(_last, checkpoint.Entry);
            (_byEntry.TryGetValue(checkpoint.Entry, out var same) ? same : _byEntry[checkpoint.Entry] = [])
                .Add(checkpoint);
            CheckSignature(checkpoint);
        }
    }

    private void CheckSignature(AuditedCheckpoint checkpoint)
    {
        var keys = context.Keys.Find(checkpoint.KeyId, out var isKnown);
        if (context.Signatures is not { } signatures || keys.Count == 0)
        {
            return;
        }

        signatures.Verify(new SignatureCheck(
            new(0, 0, 0, $"The signature of line {checkpoint.Line} of {_file} is not of the key '{checkpoint.KeyId}'."),
            keys,
            SignedForms.OfCheckpoint(context.Market, checkpoint.ToContent()),
            checkpoint.Signature,
            isKnown ? SignatureOf.Checkpoint : SignatureOf.CheckpointOfUnknownKey));
    }
}
