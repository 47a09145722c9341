using System.Reflection;
using Market.Domain.Wire;
using Market.Testing;

namespace Market.Chaos.Fuzzing;

/// <summary>Random values of any type with a wire form, small enough for a frame.</summary>
internal sealed class FuzzValues
{
    private static readonly Lazy<IReadOnlyList<Type>> Messages =
        new(static () => [.. WireCatalog.Types.Select(static e => e.Value)]);

    private readonly WireValueGenerator _generator;

    /// <summary>Values that follow from a seed.</summary>
    public FuzzValues(int seed) => _generator = new WireValueGenerator(seed, Messages.Value);

    /// <summary>A writer for whoever makes an encoding; empty it first.</summary>
    public MessagePackWriter Writer { get; } = new();

    /// <summary>A value of the type.</summary>
    /// <exception cref="InvalidOperationException">
    /// The type's constructor refuses all values that were tried.
    /// </exception>
    public object Next(Type type)
    {
        try
        {
            return _generator.Next(type);
        }
        catch (TargetInvocationException refused)
        {
            throw new InvalidOperationException($"No value of {type} could be made.", refused);
        }
    }
}
