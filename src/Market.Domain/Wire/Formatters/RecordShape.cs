using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Market.Domain.Wire.Formatters;

/// <summary>
/// How a record is taken apart and put together: its constructor, and the property behind each parameter.
/// </summary>
/// <param name="Constructor">The public constructor each of whose parameters has a property of its name and
/// type.</param>
/// <param name="Members">The parameters in order.</param>
/// <param name="IsTransparent">Whether it is written as its only parameter's value.</param>
internal sealed record RecordShape(ConstructorInfo Constructor, RecordMember[] Members, bool IsTransparent)
{
    /// <summary>Number of parameters without a default, which every writer has written.</summary>
    public int Required => Members.Count(static member => !member.HasDefault);

    /// <summary>The shape of a record type, if it is one.</summary>
    public static bool TryOf(Type type, [NotNullWhen(true)] out RecordShape? shape, out string why)
    {
        var constructors = type.GetConstructors()
            .Where(constructor => constructor.GetParameters().All(parameter => PropertyOf(type, parameter) is not null))
            .OrderByDescending(static constructor => constructor.GetParameters().Length)
            .ToList();
        shape = null;
        why = "no public constructor has a property for each of its parameters";
        if (constructors.Count == 0)
            return false;

        why = "two constructors could be the primary one";
        if (constructors.Count > 1
            && constructors[0].GetParameters().Length == constructors[1].GetParameters().Length)
        {
            return false;
        }

        var nullability = new NullabilityInfoContext();
        var members = constructors[0].GetParameters()
            .Select(parameter => RecordMember.Of(parameter, PropertyOf(type, parameter)!, nullability))
            .ToArray();
        why = "a list in it has elements that may be null, for which there is no wire form";
        if (members.Any(static member => member.HoldsNullElements))
            return false;

        shape = new RecordShape(constructors[0], members, type.IsValueType && members.Length == 1);
        return true;
    }

    /// <summary>Whether a struct is written as its only parameter's value and that may be nil.</summary>
    public static bool IsTransparentOverNil(Type type) =>
        !type.IsPrimitive && !type.IsEnum && TryOf(type, out var shape, out _) && shape.IsTransparent
        && (shape.Members[0].IsNullableReference
            || Nullable.GetUnderlyingType(shape.Members[0].Type) is not null
            || IsTransparentOverNil(shape.Members[0].Type));

    private static PropertyInfo? PropertyOf(Type type, ParameterInfo parameter)
    {
        const BindingFlags Flags = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        return Array.Find(
            type.GetProperties(Flags),
            property => property.CanRead
                && property.PropertyType == parameter.ParameterType
                && property.GetIndexParameters().Length == 0
                && string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>One parameter of a record's constructor.</summary>
/// <param name="Property">The property that gives its value back.</param>
/// <param name="IsNullableReference">Whether it is a reference that may be null.</param>
/// <param name="HasDefault">Whether older writers may not have written it.</param>
/// <param name="Default">What it is where they have not; null for the default of a struct too.</param>
/// <param name="HoldsNullElements">Whether it is a list of references that may be null.</param>
internal sealed record RecordMember(
    PropertyInfo Property, bool IsNullableReference, bool HasDefault, object? Default, bool HoldsNullElements)
{
    /// <summary>The parameter's type.</summary>
    public Type Type => Property.PropertyType;

    /// <summary>Looks at a parameter and its annotations.</summary>
    public static RecordMember Of(ParameterInfo parameter, PropertyInfo property, NullabilityInfoContext nullability)
    {
        var info = nullability.Create(parameter);
        var isNullable = !parameter.ParameterType.IsValueType && info.WriteState == NullabilityState.Nullable;
        return new RecordMember(
            property, isNullable, parameter.HasDefaultValue, DefaultOf(parameter), HoldsNulls(info));
    }

    private static object? DefaultOf(ParameterInfo parameter)
    {
        if (!parameter.HasDefaultValue || parameter.DefaultValue is not { } value)
            return null;

        // The compiler stores the default of a nullable enumeration as its number.
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return type.IsEnum ? Enum.ToObject(type, value) : value;
    }

    private static bool HoldsNulls(NullabilityInfo info) =>
        info.GenericTypeArguments.Append(info.ElementType).OfType<NullabilityInfo>().Any(static inner =>
            (!inner.Type.IsValueType && inner.WriteState == NullabilityState.Nullable) || HoldsNulls(inner));
}
