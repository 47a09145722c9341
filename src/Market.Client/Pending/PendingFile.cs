using System.Buffers.Binary;
using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Wire;

namespace Market.Client.Pending;

/// <summary>
/// The file of <see cref="FilePendingCommands"/>: a heading, then lines that are only ever appended, each with its
/// length and a part of its SHA-256. A line that a crash left torn at the end was never acknowledged, so its act was
/// never sent; it is cut off. The file is written anew when most of it is struck out. One thread at a time.
/// </summary>
internal sealed class PendingFile : IDisposable
{
    /// <summary>Below this size writing the file anew gains nothing.</summary>
    internal const int CompactFrom = 64 * 1024;

    private const int BytesMax = 256 * 1024 * 1024;
    private const int SumSize = 8;
    private const int HeadSize = sizeof(int) + SumSize;
    private readonly string _path;
    private readonly FileStream _lock;
    private FileStream _file;
    private long _compactAt;

    private PendingFile(string path, FileStream @lock, FileStream file) => (_path, _lock, _file) = (path, @lock, file);

    /// <summary>Whether enough has been struck out for <see cref="Compact"/> to be worth its while.</summary>
    public bool IsWorthCompacting => _file.Length >= _compactAt;

    private static ReadOnlySpan<byte> Heading => "market.pending.1"u8;

    /// <summary>Opens a file, or makes it, for this process alone.</summary>
    /// <exception cref="IOException">Another process has it open, or it cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">It is no such file, or is damaged before its end.</exception>
    public static PendingFile Open(string path, out IReadOnlyList<PendingCommand> unanswered)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var @lock = Lock(path + ".lock");
        try
        {
            unanswered = File.Exists(path) ? Read(path) : [];

            // Written anew at every start: what is torn or struck out is gone, and nobody else may read it.
            var file = Write(path, unanswered);
            var opened = new PendingFile(path, @lock, file);
            opened.PlanCompaction();
            return opened;
        }
        catch
        {
            @lock.Dispose();
            throw;
        }
    }

    /// <summary>Appends lines, and waits until they are on the disk where that is asked for.</summary>
    public void Append(IEnumerable<PendingLine> lines, bool isDurable)
    {
        using var bytes = new MemoryStream();
        foreach (var line in lines)
        {
            Write(bytes, line);
        }

        _file.Write(bytes.GetBuffer(), 0, (int)bytes.Length);
        if (isDurable)
        {
            _file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Writes the file anew with these commands alone.</summary>
    public void Compact(IEnumerable<PendingCommand> unanswered)
    {
        _file.Dispose();
        _file = Write(_path, unanswered);
        PlanCompaction();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private void PlanCompaction() => _compactAt = Math.Max(CompactFrom, 4 * _file.Length);

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, OwnerOnly(FileMode.OpenOrCreate, FileShare.None));
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new IOException(
                $"'{path}' is in use: another client has these pending commands open. Give every agent a file of its "
                + "own.", error);
        }
    }

    private static FileStream Write(string path, IEnumerable<PendingCommand> unanswered)
    {
        var aside = path + ".new";
        File.Delete(aside);
        using (var bytes = new MemoryStream())
        using (var file = new FileStream(aside, OwnerOnly(FileMode.CreateNew, FileShare.None)))
        {
            bytes.Write(Heading);
            foreach (var command in unanswered)
            {
                Write(bytes, new PendingLine(command.Id, command));
            }

            file.Write(bytes.GetBuffer(), 0, (int)bytes.Length);
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
        return new FileStream(path, OwnerOnly(FileMode.Append, FileShare.Read));
    }

    private static FileStreamOptions OwnerOnly(FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static void Write(MemoryStream stream, PendingLine line)
    {
        var body = WireFormat.Encode(line);
        Span<byte> head = stackalloc byte[HeadSize];
        BinaryPrimitives.WriteInt32LittleEndian(head, body.Length);
        SHA256.HashData(body).AsSpan(0, SumSize).CopyTo(head[sizeof(int)..]);
        stream.Write(head);
        stream.Write(body);
    }

    private static List<PendingCommand> Read(string path)
    {
        if (new FileInfo(path).Length > BytesMax)
        {
            throw Damaged(path, "it is too large");
        }

        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        if (!bytes.StartsWith(Heading))
        {
            // Shorter than its heading: a crash came while it was made, before any act was sent.
            return Heading.StartsWith(bytes) ? [] : throw Damaged(path, "it is no file of pending commands");
        }

        var unanswered = new OrderedDictionary<MessageId, PendingCommand>();
        var at = Heading.Length;
        while (LineAt(path, bytes[at..], out var size) is { } line)
        {
            at += size;
            if (line.Added is null)
            {
                unanswered.Remove(line.Id);
            }
            else
            {
                unanswered.TryAdd(line.Id, line.Added);
            }
        }

        // What follows a torn line can only be more of what was being written when the crash came.
        for (var after = at + 1; after <= bytes.Length - HeadSize; after++)
        {
            if (LineAt(path, bytes[after..], out _) is not null)
            {
                throw Damaged(path, $"byte {at} and what follows is damaged, and whole lines come after it");
            }
        }

        return [.. unanswered.Values];
    }

    private static PendingLine? LineAt(string path, ReadOnlySpan<byte> bytes, out int size)
    {
        size = 0;
        if (bytes.Length < HeadSize)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length <= 0 || length > bytes.Length - HeadSize)
        {
            return null;
        }

        var body = bytes.Slice(HeadSize, length);
        if (!SHA256.HashData(body).AsSpan(0, SumSize).SequenceEqual(bytes.Slice(sizeof(int), SumSize)))
        {
            return null;
        }

        size = HeadSize + length;
        try
        {
            return WireFormat.Decode<PendingLine>(body);
        }
        catch (WireFormatException error)
        {
            throw Damaged(path, $"a line of it is of another form: {error.Message}");
        }
    }

    private static InvalidDataException Damaged(string path, string what) => new(
        $"'{path}' cannot be used: {what}. Nothing was changed. Move it away to give its acts up; the market knows "
        + "which of them have counted.");
}
