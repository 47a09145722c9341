using System.Text.Json;

namespace Market.Silo.Commands.Audit;

/// <summary>Reports as one line of JSON.</summary>
public static class AuditJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The report as an object, names in camelCase.</summary>
    public static string Of(AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.Serialize(report, Options);
    }

    /// <summary>Any other value as an object, names in camelCase.</summary>
    internal static string OfRow<T>(T row) => JsonSerializer.Serialize(row, Options);
}
