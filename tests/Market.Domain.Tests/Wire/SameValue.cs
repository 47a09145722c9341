using System.Collections;
using System.Reflection;

namespace Market.Domain.Tests.Wire;

/// <summary>Equality that looks into arrays, which records compare by reference.</summary>
internal static class SameValue
{
    public static void Assert(object? expected, object? actual)
    {
        if (!Is(expected, actual))
            Xunit.Assert.Fail($"Expected {expected}{Environment.NewLine}Actual   {actual}");
    }

    public static bool Is(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b) => a.Span.SequenceEqual(b.Span),
        (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b),
        _ when left.GetType() != right.GetType() => false,
        (string, _) => left.Equals(right),
        (IEnumerable a, IEnumerable b) => Same([.. a.Cast<object?>()], [.. b.Cast<object?>()]),
        _ when left.GetType().Namespace!.StartsWith("System", StringComparison.Ordinal) => left.Equals(right),
        _ when left.GetType().IsEnum => left.Equals(right),
        _ => SameProperties(left, right),
    };

    // What a constructor takes is what a record is; its other properties are computed and may not be defined.
    private static bool SameProperties(object left, object right) => left.GetType().GetConstructors()
        .SelectMany(static constructor => constructor.GetParameters())
        .Select(parameter => left.GetType().GetProperty(
            parameter.Name!, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase))
        .OfType<PropertyInfo>()
        .All(property => Is(property.GetValue(left), property.GetValue(right)));

    private static bool Same(object?[] left, object?[] right) =>
        left.Length == right.Length && left.Zip(right).All(static pair => Is(pair.First, pair.Second));
}
