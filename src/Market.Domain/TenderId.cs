namespace Market.Domain;

/// <summary>A tender: a sealed request for quotes, derived by the server from the act that opened it.</summary>
/// <param name="Value">The UUID; big-endian on the wire.</param>
public readonly record struct TenderId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"tnd_{Value:n}";
}
