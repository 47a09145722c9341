using System.Text.Json;
using Market.Simulations.LanguageModels.Scripted;
using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels.Loopback;

/// <summary>A request of the chat-completions protocol, as a script reads it.</summary>
/// <param name="Call">What is asked.</param>
/// <param name="Model">The model's name.</param>
/// <param name="IsStreamed">Whether the answer is wanted in pieces.</param>
internal sealed record LoopbackRequest(ScriptedCall Call, string Model, bool IsStreamed)
{
    /// <summary>Reads a request's body.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static LoopbackRequest Read(int number, Stream body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        var messages = root.GetProperty("messages").EnumerateArray()
            .Select(static message => new ChatMessage(
                new ChatRole(message.GetProperty("role").GetString()!), TextOf(message)))
            .ToList();
        var options = new ChatOptions
        {
            Tools = root.TryGetProperty("tools", out var tools)
                ? [.. tools.EnumerateArray().Select(ToolOf)]
                : null,
            ResponseFormat = root.TryGetProperty("response_format", out var format)
                && format.TryGetProperty("json_schema", out var schema)
                ? ChatResponseFormat.ForJsonSchema(schema.GetProperty("schema").Clone())
                : null,
        };
        return new LoopbackRequest(
            new ScriptedCall(number, messages, options),
            root.GetProperty("model").GetString() ?? string.Empty,
            root.TryGetProperty("stream", out var stream) && stream.GetBoolean());
    }

    private static AITool ToolOf(JsonElement tool)
    {
        var function = tool.GetProperty("function");
        return AIFunctionFactory.CreateDeclaration(
            function.GetProperty("name").GetString()!, null, function.GetProperty("parameters").Clone());
    }

    // A message is a string or a list of parts.
    private static string TextOf(JsonElement message) =>
        !message.TryGetProperty("content", out var content) ? string.Empty
        : content.ValueKind == JsonValueKind.Array
            ? string.Concat(content.EnumerateArray().Select(static part => part.GetProperty("text").GetString()))
            : content.GetString() ?? string.Empty;
}
