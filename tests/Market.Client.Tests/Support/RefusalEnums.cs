using Market.Domain.Wire.Messages;

namespace Market.Client.Tests.Support;

/// <summary>The enumerations of refusals that the market has, all of them, as its assembly says.</summary>
public sealed class RefusalEnums : TheoryData<Type>
{
    public RefusalEnums() => AddRange(
        [.. typeof(GatewayRefusal).Assembly.GetExportedTypes()
            .Where(static type => type.IsEnum && type.Name.EndsWith("Refusal", StringComparison.Ordinal))]);
}
