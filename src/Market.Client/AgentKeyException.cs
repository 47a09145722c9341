namespace Market.Client;

/// <summary>A file holds no key that an agent could use, or does not keep it to itself.</summary>
/// <param name="path">The file.</param>
/// <param name="reason">What is wrong with it, and what would be right.</param>
/// <param name="innerException">What the platform said, or null.</param>
public sealed class AgentKeyException(string path, string reason, Exception? innerException)
    : Exception($"The key file '{path}' cannot be used: {reason}.", innerException)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
