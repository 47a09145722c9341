namespace Market.Testing.Faults;

/// <summary>The calls of a journal at which something can go wrong: one for each method that touches storage.</summary>
public enum StorageOperation : byte
{
    /// <summary>A stream is opened.</summary>
    Open = 1,

    /// <summary>A row is appended.</summary>
    Append = 2,

    /// <summary>Rows of one stream are read.</summary>
    ReadStream = 3,

    /// <summary>Rows of all streams are read.</summary>
    ReadForward = 4,

    /// <summary>A stream's identity is looked up.</summary>
    FindStream = 5,

    /// <summary>A snapshot is saved.</summary>
    SaveSnapshot = 6,

    /// <summary>A snapshot is loaded.</summary>
    LoadSnapshot = 7,

    /// <summary>A projection is saved.</summary>
    SaveProjection = 8,

    /// <summary>A projection is loaded.</summary>
    LoadProjection = 9,
}
