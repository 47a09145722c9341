using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels.Scripted;

/// <summary>Answers for scripts, as a provider's client would give them.</summary>
internal static class ScriptedAnswers
{
    private const long TokensOfAnAnswer = 20;

    /// <summary>A call of a tool.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="arguments">Its arguments, as a JSON object; null for none.</param>
    public static ChatResponse Call(string tool, string? arguments = null)
    {
        var read = arguments is null
            ? new Dictionary<string, object?>()
            : JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments, AIJsonUtilities.DefaultOptions);
        return Of(ChatFinishReason.ToolCalls, new FunctionCallContent("call_1", tool, read));
    }

    /// <summary>Words.</summary>
    public static ChatResponse Text(string text) => Of(ChatFinishReason.Stop, new TextContent(text));

    /// <summary>The model declines.</summary>
    public static ChatResponse Refusal(string text = "I cannot help with that.") =>
        Of(ChatFinishReason.Stop, new ErrorContent(text) { ErrorCode = ChatAnswer.RefusalCode });

    /// <summary>Anything.</summary>
    public static ChatResponse Of(ChatFinishReason reason, params AIContent[] contents) =>
        new(new ChatMessage(ChatRole.Assistant, contents))
        {
            FinishReason = reason,
            Usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = TokensOfAnAnswer },
        };
}
