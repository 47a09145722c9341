using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels;

/// <summary>The three tools that a model can call, and the schema that says the same as one object.</summary>
internal static class ChatTools
{
    /// <summary>Offers an outcome.</summary>
    public const string Propose = "propose";

    /// <summary>Accepts the standing offer.</summary>
    public const string Accept = "accept";

    /// <summary>Ends the negotiation.</summary>
    public const string End = "end";

    /// <summary>The property of <see cref="SchemaOf"/> that says which.</summary>
    public const string Act = "act";

    /// <summary>The property of <see cref="SchemaOf"/> that holds a proposal's values.</summary>
    public const string Values = "values";

    private static readonly JsonElement Nothing = Parse(static writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
    });

    /// <summary>The tools for an agenda.</summary>
    public static IList<AITool> For(AgendaCodec codec) =>
    [
        AIFunctionFactory.CreateDeclaration(
            Propose, "Offer these values to the counterparty.", Parse(codec.WriteSchema)),
        AIFunctionFactory.CreateDeclaration(Accept, "Accept the counterparty's standing offer.", Nothing),
        AIFunctionFactory.CreateDeclaration(End, "End the negotiation without agreement.", Nothing),
    ];

    /// <summary>The schema of an answer as one object.</summary>
    public static JsonElement SchemaOf(AgendaCodec codec) => Parse(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        writer.WriteStartObject(Act);
        writer.WriteString("type", "string");
        writer.WriteStartArray("enum");
        writer.WriteStringValue(Propose);
        writer.WriteStringValue(Accept);
        writer.WriteStringValue(End);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject(Values);
        writer.WriteStartArray("anyOf");
        codec.WriteSchema(writer);
        writer.WriteStartObject();
        writer.WriteString("type", "null");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartArray("required");
        writer.WriteStringValue(Act);
        writer.WriteStringValue(Values);
        writer.WriteEndArray();
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
    });

    private static JsonElement Parse(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        using var document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }
}
