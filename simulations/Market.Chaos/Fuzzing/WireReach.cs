using Market.Domain;
using Market.Domain.Wire;

namespace Market.Chaos.Fuzzing;

/// <summary>
/// Which reasons of refusal some input to a type's decoder can bring about, from the documented rules of the wire
/// alone. That a constructor refuses cannot be told from a type, so it is in no set.
/// </summary>
internal static class WireReach
{
    /// <summary>The reasons that can be reached.</summary>
    public static IReadOnlySet<WireFormatReason> Of(Type type)
    {
        var reasons = new HashSet<WireFormatReason>
        {
            WireFormatReason.Truncated, WireFormatReason.TrailingBytes, WireFormatReason.WrongKind,
        };
        Add(type, reasons, []);
        return reasons;
    }

    private static void Add(Type type, HashSet<WireFormatReason> reasons, HashSet<Type> seen)
    {
        if (!seen.Add(type) || type == typeof(bool) || type == typeof(double))
        {
            return;
        }

        reasons.Add(WireFormatReason.NotShortest);
        if (type == typeof(string))
        {
            reasons.Add(WireFormatReason.InvalidText);
        }
        else if (type == typeof(Guid) || type == typeof(Hash256))
        {
            reasons.Add(WireFormatReason.WrongLength);
        }
        else if (type.IsPrimitive || type == typeof(TimeSpan))
        {
            reasons.Add(WireFormatReason.OutOfRange);
        }
        else if (type.IsEnum)
        {
            reasons.UnionWith([WireFormatReason.OutOfRange, WireFormatReason.UndefinedValue]);
        }
        else if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            Add(underlying, reasons, seen);
        }
        else if (ElementOf(type) is { } element)
        {
            if (element != typeof(byte))
            {
                Add(element, reasons, seen);
            }
        }
        else if (type.IsAbstract || type == typeof(object))
        {
            reasons.UnionWith(
            [
                WireFormatReason.UnknownMessageType, WireFormatReason.MissingElement, WireFormatReason.OutOfRange,
                WireFormatReason.TooDeep,
            ]);
            foreach (var message in WireCatalog.Types.Where(e => type.IsAssignableFrom(e.Value)))
            {
                Add(message.Value, reasons, seen);
            }
        }
        else
        {
            AddRecord(type, reasons, seen);
        }
    }

    private static void AddRecord(Type type, HashSet<WireFormatReason> reasons, HashSet<Type> seen)
    {
        var parameters = type.GetConstructors()
            .Select(static constructor => constructor.GetParameters())
            .Where(all => all is not [var only] || only.ParameterType != type)
            .MaxBy(static all => all.Length)!;
        if (!(type.IsValueType && parameters.Length == 1))
        {
            // What a newer writer appended is skipped, and may be nested.
            reasons.Add(WireFormatReason.TooDeep);
            if (parameters.Any(static parameter => !parameter.HasDefaultValue))
            {
                reasons.Add(WireFormatReason.MissingElement);
            }
        }

        foreach (var parameter in parameters)
        {
            Add(parameter.ParameterType, reasons, seen);
        }
    }

    private static Type? ElementOf(Type type) =>
        type.IsSZArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() is var definition
            && (definition == typeof(ValueArray<>) || definition == typeof(ReadOnlyMemory<>))
            ? type.GetGenericArguments()[0]
        : null;
}
