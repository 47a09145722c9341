using System.Reflection;
using Market.Domain;
using Market.Domain.Wire;

namespace Market.Client.Tests.Support;

/// <summary>The rows of docs/wire.md as the code has them.</summary>
internal static class WireTables
{
    /// <summary>One row for each message that an agent sends or gets: "| number | name | elements |".</summary>
    public static IEnumerable<string> Messages() =>
        from entry in WireCatalog.Types
        where entry.Key is < 500 or 900
        select $"| {entry.Key} | {entry.Value.Name} | {ElementsOf(entry.Value)} |";

    /// <summary>One row for each record and enumeration inside those messages.</summary>
    public static IEnumerable<string> Values()
    {
        var seen = new HashSet<Type>();
        var due = new Queue<Type>(WireCatalog.Types.Where(e => e.Key is < 500 or 900).Select(e => e.Value));
        while (due.TryDequeue(out var type))
        {
            foreach (var inner in InnerOf(type).Where(seen.Add))
            {
                due.Enqueue(inner);
                if (inner.IsEnum)
                {
                    yield return $"| {inner.Name} | {MembersOf(inner)} |";
                }
                else if (!inner.IsAbstract && !IsTransparent(inner))
                {
                    yield return $"| {inner.Name} | {ElementsOf(inner)} |";
                }
            }
        }
    }

    private static string ElementsOf(Type type)
    {
        var nullability = new NullabilityInfoContext();
        var elements = ParametersOf(type).Select((parameter, place) =>
        {
            var mayBeNil = !parameter.ParameterType.IsValueType
                && nullability.Create(parameter).WriteState == NullabilityState.Nullable;
            var name = char.ToLowerInvariant(parameter.Name![0]) + parameter.Name[1..];
            var otherwise = parameter.HasDefaultValue ? $" ={parameter.DefaultValue ?? "nil"}" : "";
            return $"{place} {name}: {FormOf(parameter.ParameterType)}{(mayBeNil ? " or nil" : "")}{otherwise}";
        });
        var row = string.Join(", ", elements);
        return row.Length == 0 ? "none" : row;
    }

    private static string MembersOf(Type type) =>
        string.Join(", ", Enum.GetValues(type).Cast<object>().Select(v => $"{v} {Convert.ToInt64(v)}"));

    private static string FormOf(Type type) =>
        Nullable.GetUnderlyingType(type) is { } some ? FormOf(some) + " or nil"
        : type == typeof(string) ? "str"
        : type == typeof(bool) ? "bool"
        : type == typeof(Guid) ? "bin 16"
        : type == typeof(Hash256) ? "hash"
        : type == typeof(TimeSpan) ? "span"
        : type == typeof(ReadOnlyMemory<byte>) ? "bin"
        : type.IsPrimitive ? type.Name.ToLowerInvariant()
        : ElementOf(type) is { } element ? "array of " + FormOf(element)
        : type.Name;

    private static IEnumerable<Type> InnerOf(Type type) =>
        from parameter in type.IsEnum || type.IsAbstract ? [] : ParametersOf(type)
        let some = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType
        let inner = ElementOf(some) ?? some
        where inner.Assembly == typeof(Hash256).Assembly && inner != typeof(Hash256)
        select inner;

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueArray<>)
            ? type.GetGenericArguments()[0]
            : null;

    private static bool IsTransparent(Type type) => type.IsValueType && ParametersOf(type).Length == 1;

    private static ParameterInfo[] ParametersOf(Type type) =>
        type.GetConstructors().Select(c => c.GetParameters()).MaxBy(p => p.Length) ?? [];
}
