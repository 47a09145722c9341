using System.Text;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Market.Simulations.LanguageModels.OpenAI;

/// <summary>Puts a streamed answer together: words go on as they come, tool calls when they are whole.</summary>
internal sealed class OpenAIStream
{
    private readonly SortedDictionary<int, PartialCall> _calls = [];
    private readonly StringBuilder _refusal = new();

    /// <summary>Takes one piece, and gives what can go on.</summary>
    public ChatResponseUpdate Add(StreamingChatCompletionUpdate piece)
    {
        foreach (var call in piece.ToolCallUpdates)
        {
            if (!_calls.TryGetValue(call.Index, out var partial))
            {
                _calls.Add(call.Index, partial = new PartialCall());
            }

            partial.Id ??= call.ToolCallId;
            partial.Name ??= call.FunctionName;
            partial.Arguments.Append(call.FunctionArgumentsUpdate?.ToString());
        }

        _refusal.Append(piece.RefusalUpdate);
        List<AIContent> contents =
        [
            .. piece.ContentUpdate
                .Where(static part => part.Kind == ChatMessageContentPartKind.Text)
                .Select(static part => new TextContent(part.Text)),
        ];
        if (OpenAIResponse.Of(piece.Usage) is { } usage)
        {
            contents.Add(new UsageContent(usage));
        }

        return new ChatResponseUpdate(ChatRole.Assistant, contents)
        {
            ResponseId = piece.CompletionId,
            ModelId = piece.Model,
            FinishReason = piece.FinishReason is { } reason ? OpenAIResponse.Of(reason) : null,
        };
    }

    /// <summary>What was only whole at the end.</summary>
    public ChatResponseUpdate End()
    {
        List<AIContent> contents =
        [
            .. _calls.Values.Select(static call => OpenAIResponse.CallOf(
                call.Id ?? string.Empty, call.Name ?? string.Empty, call.Arguments.ToString())),
        ];
        if (_refusal.Length > 0)
        {
            contents.Add(OpenAIResponse.RefusalOf(_refusal.ToString()));
        }

        return new ChatResponseUpdate(ChatRole.Assistant, contents);
    }

    private sealed class PartialCall
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Arguments { get; } = new();
    }
}
