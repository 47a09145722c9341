using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using FinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ModelFinishReason = OpenAI.Chat.ChatFinishReason;

namespace Market.Simulations.LanguageModels.OpenAI;

/// <summary>What is answered, from the types of the official client.</summary>
internal static class OpenAIResponse
{
    /// <summary>A whole answer.</summary>
    public static ChatResponse Of(ChatCompletion completion)
    {
        List<AIContent> contents =
        [
            .. completion.Content
                .Where(static part => part.Kind == ChatMessageContentPartKind.Text)
                .Select(static part => new TextContent(part.Text)),
            .. completion.ToolCalls.Select(static call =>
                CallOf(call.Id, call.FunctionName, call.FunctionArguments.ToString())),
        ];
        if (completion.Refusal is { Length: > 0 } refusal)
        {
            contents.Add(RefusalOf(refusal));
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = completion.Id,
            ModelId = completion.Model,
            FinishReason = Of(completion.FinishReason),
            Usage = Of(completion.Usage),
            RawRepresentation = completion,
        };
    }

    /// <summary>A call of a tool; arguments that are no JSON object are kept as an exception.</summary>
    public static FunctionCallContent CallOf(string id, string name, string arguments) =>
        FunctionCallContent.CreateFromParsedArguments(
            arguments,
            id,
            name,
            static text => text.Trim().Length == 0
                ? new Dictionary<string, object?>()
                : JsonSerializer.Deserialize<Dictionary<string, object?>>(text, AIJsonUtilities.DefaultOptions));

    /// <summary>That the model declined.</summary>
    public static ErrorContent RefusalOf(string refusal) => new(refusal) { ErrorCode = ChatAnswer.RefusalCode };

    /// <summary>Why it ended.</summary>
    public static FinishReason Of(ModelFinishReason reason) => reason switch
    {
        ModelFinishReason.Length => FinishReason.Length,
        ModelFinishReason.ContentFilter => FinishReason.ContentFilter,
        ModelFinishReason.ToolCalls or ModelFinishReason.FunctionCall => FinishReason.ToolCalls,
        _ => FinishReason.Stop,
    };

    /// <summary>What it cost in tokens; null where the server does not say.</summary>
    public static UsageDetails? Of(ChatTokenUsage? usage) => usage is null ? null : new UsageDetails
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
    };
}
