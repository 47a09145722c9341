namespace Market.Client;

/// <summary>A file holds no key that an agent could use.</summary>
/// <param name="path">The file.</param>
/// <param name="reason">What is wrong with it.</param>
/// <param name="innerException">What the platform said, or null.</param>
public sealed class AgentKeyException(string path, string reason, Exception? innerException)
    : Exception(
        $"The key file '{path}' cannot be used: {reason}. A P-256 private key as PKCS#8 PEM is due.", innerException)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
