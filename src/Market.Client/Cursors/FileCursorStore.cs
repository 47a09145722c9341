using Market.Domain.Wire;

namespace Market.Client.Cursors;

/// <summary>A cursor in a small file of its own, replaced as a whole so that no crash leaves half of one.</summary>
/// <param name="path">The file; its folder is created.</param>
public sealed class FileCursorStore(string path) : ICursorStore
{
    private readonly string _path = Path.GetFullPath(path);

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is there and is no cursor file.</exception>
    public async ValueTask<StoredCursor?> LoadAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        var bytes = await File.ReadAllBytesAsync(_path, cancellationToken).ConfigureAwait(false);
        try
        {
            return WireFormat.Decode<StoredCursor>(bytes);
        }
        catch (WireFormatException error)
        {
            throw new InvalidDataException(
                $"'{_path}' is no cursor file. Delete it to be given all events again.", error);
        }
    }

    /// <inheritdoc/>
    public async ValueTask SaveAsync(StoredCursor cursor, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var aside = _path + ".new";
        await File.WriteAllBytesAsync(aside, WireFormat.Encode(cursor), cancellationToken).ConfigureAwait(false);
        File.Move(aside, _path, overwrite: true);
    }
}
