using Market.Domain.Wire.Messages;

namespace Market.Client;

/// <summary>The market has refused an act; nothing has changed, and nobody else has noticed.</summary>
public sealed class MarketRefusedException : Exception
{
    /// <summary>Wraps a refusal.</summary>
    /// <param name="refused">What the market answered.</param>
    public MarketRefusedException(Refused refused)
        : base(MessageFor(refused)) => Refused = refused;

    /// <summary>What the market answered.</summary>
    public Refused Refused { get; }

    /// <summary>Why, to switch over.</summary>
    public RefusalCode Code => Refused.RefusalCode;

    private static string MessageFor(Refused refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        return $"{refused.Name} ({refused.Code}): {refused.Explanation}";
    }
}
