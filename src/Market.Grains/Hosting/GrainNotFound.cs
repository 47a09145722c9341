using Market.Domain.Wire;

namespace Market.Grains.Hosting;

/// <summary>
/// The uniform answer to a message for a grain that does not exist: of an unknown kind, or without a row in the journal
/// and asked for something else than to be created. It leaves nothing behind.
/// </summary>
[WireType(881)]
public sealed record GrainNotFound
{
    /// <summary>The only instance that hosts need.</summary>
    public static GrainNotFound Instance { get; } = new();
}
