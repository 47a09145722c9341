using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using AssistantMessage = OpenAI.Chat.AssistantChatMessage;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ModelFormat = OpenAI.Chat.ChatResponseFormat;
using ModelMessage = OpenAI.Chat.ChatMessage;

namespace Market.Simulations.LanguageModels.OpenAI;

/// <summary>What is asked, in the types of the official client.</summary>
internal static class OpenAIRequest
{
    private const string DefaultSchemaName = "answer";

    /// <summary>The messages.</summary>
    public static IEnumerable<ModelMessage> Of(IEnumerable<ChatMessage> messages) => messages.SelectMany(Of);

    /// <summary>The options.</summary>
    public static ChatCompletionOptions Of(ChatOptions? options)
    {
        var asked = new ChatCompletionOptions
        {
            MaxOutputTokenCount = options?.MaxOutputTokens,
            Temperature = options?.Temperature,
            TopP = options?.TopP,
            FrequencyPenalty = options?.FrequencyPenalty,
            PresencePenalty = options?.PresencePenalty,
            ResponseFormat = Of(options?.ResponseFormat),
        };
#pragma warning disable OPENAI001 // the provider calls its seed experimental; so do our options
        asked.Seed = options?.Seed;
#pragma warning restore OPENAI001
        foreach (var stop in options?.StopSequences ?? [])
        {
            asked.StopSequences.Add(stop);
        }

        foreach (var tool in (options?.Tools ?? []).OfType<AIFunctionDeclaration>())
        {
            asked.Tools.Add(ChatTool.CreateFunctionTool(
                tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText())));
        }

        if (asked.Tools.Count > 0)
        {
            asked.ToolChoice = Of(options!.ToolMode);
            asked.AllowParallelToolCalls = options.AllowMultipleToolCalls;
        }

        return asked;
    }

    private static ChatToolChoice? Of(ChatToolMode? mode) => mode switch
    {
        RequiredChatToolMode { RequiredFunctionName: { } name } => ChatToolChoice.CreateFunctionChoice(name),
        RequiredChatToolMode => ChatToolChoice.CreateRequiredChoice(),
        NoneChatToolMode => ChatToolChoice.CreateNoneChoice(),
        AutoChatToolMode => ChatToolChoice.CreateAutoChoice(),
        _ => null,
    };

    private static ModelFormat? Of(Microsoft.Extensions.AI.ChatResponseFormat? format) => format switch
    {
        ChatResponseFormatJson { Schema: { } schema } json => ModelFormat.CreateJsonSchemaFormat(
            json.SchemaName ?? DefaultSchemaName,
            BinaryData.FromString(schema.GetRawText()),
            json.SchemaDescription,
            jsonSchemaIsStrict: true),
        ChatResponseFormatJson => ModelFormat.CreateJsonObjectFormat(),
        ChatResponseFormatText => ModelFormat.CreateTextFormat(),
        _ => null,
    };

    private static IEnumerable<ModelMessage> Of(ChatMessage message)
    {
        if (message.Role == ChatRole.Tool)
        {
            return message.Contents.OfType<FunctionResultContent>().Select(static result =>
                (ModelMessage)new ToolChatMessage(
                    result.CallId,
                    result.Result as string
                        ?? JsonSerializer.Serialize(result.Result, AIJsonUtilities.DefaultOptions)));
        }

        return
        [
            message.Role == ChatRole.System ? new SystemChatMessage(message.Text)
            : message.Role == ChatRole.Assistant ? Assistant(message)
            : new UserChatMessage(message.Text),
        ];
    }

    private static AssistantMessage Assistant(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>()
            .Select(static call => ChatToolCall.CreateFunctionToolCall(
                call.CallId,
                call.Name,
                BinaryData.FromString(JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions))))
            .ToList();
        if (calls.Count == 0)
        {
            return new AssistantMessage(message.Text);
        }

        var assistant = new AssistantMessage(calls);
        if (message.Text.Length > 0)
        {
            assistant.Content.Add(ChatMessageContentPart.CreateTextPart(message.Text));
        }

        return assistant;
    }
}
