namespace Market.Silo.Commands.Audit;

/// <summary>A row as the store has it; one instance is filled again and again.</summary>
internal sealed class StoredRow
{
    private byte[] _body = new byte[1024];
    private int _bodyLength;

    public long Position;
    public long Stream;
    public long Version;
    public long Writer;
    public long PreviousWriter;

    /// <summary>Null where the column is; a stored 0 is none that the journal writes.</summary>
    public long? DueAt;
    public long AudienceFirst;
    public long AudienceSecond;

    /// <summary>The stored hash; not 32 bytes where the row is damaged.</summary>
    public byte[] Hash = [];

    /// <summary>What makes the row unreadable; null where nothing does.</summary>
    public string? Defect;

    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _bodyLength);

    /// <summary>The row as it is now, to be kept; without its body and hash.</summary>
    public StoredRow Copy() => new() { Position = Position, Stream = Stream, Version = Version };

    public void SetBody(ReadOnlySpan<byte> body)
    {
        if (body.Length > _body.Length)
        {
            _body = new byte[body.Length * 2];
        }

        body.CopyTo(_body);
        _bodyLength = body.Length;
    }
}
