using Market.Grains.Journaling;

namespace Market.Silo.Checkpoints;

/// <summary>
/// The store does not have what was published of it, or the file of what was published cannot be read. Nothing was
/// changed.
/// </summary>
/// <param name="path">The file of checkpoints.</param>
/// <param name="finding">What was found and what would be right, as the end of a sentence.</param>
public sealed class CheckpointException(string path, string finding)
    : StoreException($"The checkpoints in '{path}' forbid this start: {finding}.");
