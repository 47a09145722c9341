using Market.Domain;
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

    /// <summary>
    /// What is wrong field by field, or what differs from the version that was named; empty where the code says it all.
    /// </summary>
    public ValueArray<FieldProblem> Fields => Refused.Fields;

    private static string MessageFor(Refused refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        var message = $"{refused.Name} ({refused.Code}): {refused.Explanation}";
        return refused.Fields.Count == 0 ? message : $"{message} {string.Join("; ", refused.Fields.Select(TextOf))}.";
    }

    private static string TextOf(FieldProblem field) =>
        $"{field.Path} {field.Problem}: {field.Given ?? "nothing"}, expected {field.Expected ?? "nothing"}";
}
