using System.Reflection;
using Market.Grains.Hosting;

namespace Market.Grains.Tests.Grains;

/// <summary>No grain waits for a grain (or for anything): it has nothing to wait with.</summary>
public sealed class GrainsDoNotWaitTests
{
    private const BindingFlags Own =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Type[] Grains = [.. typeof(IGrain).Assembly.GetTypes()
        .Where(static type => type.IsClass && !type.IsAbstract && type.IsAssignableTo(typeof(IGrain)))];

    [Fact]
    public void A_grain_holds_neither_the_cluster_nor_the_journal()
    {
        Assert.True(Grains.Length >= 7, $"Only {Grains.Length} grains were found.");
        Assert.Empty(
            from grain in Grains
            from field in grain.GetFields(Own)
            where field.FieldType.Namespace is "Market.Grains.Hosting" or "Market.Grains.Journaling"
                && field.FieldType != typeof(GrainId)
            select $"{grain.Name}.{field.Name}");
    }

    [Fact]
    public void A_grain_decides_without_waiting() => Assert.Empty(
        from grain in Grains
        from method in grain.GetMethods(Own)
        where method.ReturnType.Name.StartsWith("Task", StringComparison.Ordinal)
            || method.ReturnType.Name.StartsWith("ValueTask", StringComparison.Ordinal)
        select $"{grain.Name}.{method.Name}");
}
