namespace Market.Chaos.Fuzzing;

/// <summary>What is fuzzed.</summary>
internal enum FuzzTarget
{
    /// <summary>The reader and the writer, by one decoder for each kind of formatter.</summary>
    Codec,

    /// <summary>The messages of the handshake, and real handshakes.</summary>
    Handshake,

    /// <summary>The decoder of every message type.</summary>
    Messages,

    /// <summary>Sessions of a real gateway.</summary>
    Session,

    /// <summary>The HTTP paths in front of it.</summary>
    Http,
}
