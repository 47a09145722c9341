using System.IO.MemoryMappedFiles;

namespace Market.Simulations.Results;

/// <summary>
/// The whole lines of a text file: of one that is being written, or whose writer was killed, the last line may be a
/// part of one, and does not count.
/// </summary>
internal static class WholeLines
{
    private const int BlockBytes = 1 << 16;

    /// <summary>Whole lines of a file, at most so many, and the bytes that they take.</summary>
    public static (long Lines, long Bytes) Count(string path, long linesMax)
    {
        using var file = Shared(path);
        var block = new byte[BlockBytes];
        var (lines, bytes, read) = (0L, 0L, 0L);
        for (int count; lines < linesMax && (count = file.Read(block)) > 0; read += count)
        {
            for (var i = 0; i < count && lines < linesMax; i++)
            {
                if (block[i] == '\n')
                {
                    lines++;
                    bytes = read + i + 1;
                }
            }
        }

        return (lines, bytes);
    }

    /// <summary>The bytes of the whole lines.</summary>
    /// <exception cref="ResultFolderException">There is no such file, or it cannot be read.</exception>
    public static Stream Open(string path)
    {
        try
        {
            var bytes = Count(path, long.MaxValue).Bytes;
            if (bytes == 0)
            {
                return Stream.Null;
            }

            var file = Shared(path);
            using var map = MemoryMappedFile.CreateFromFile(
                file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            return map.CreateViewStream(0, bytes, MemoryMappedFileAccess.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ResultFolderException($"Cannot read {path}: {e.Message}", e);
        }
    }

    private static FileStream Shared(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
}
