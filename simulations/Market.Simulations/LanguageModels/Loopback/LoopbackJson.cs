using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels.Loopback;

/// <summary>Answers in the bytes of the chat-completions protocol.</summary>
internal static class LoopbackJson
{
    private const string Id = "chatcmpl-loopback";
    private const int PieceCharacters = 7;

    /// <summary>A whole answer.</summary>
    public static string Whole(ChatResponse response, string model)
    {
        var (text, refusal, calls) = PartsOf(response);
        return new JsonObject
        {
            ["id"] = Id,
            ["object"] = "chat.completion",
            ["created"] = 0,
            ["model"] = model,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["message"] = new JsonObject
                {
                    ["role"] = "assistant",
                    ["content"] = text,
                    ["refusal"] = refusal,
                    ["tool_calls"] = calls.Count == 0 ? null : new JsonArray([.. calls.Select(ToolOf)]),
                },
                ["finish_reason"] = calls.Count > 0 ? "tool_calls" : "stop",
            }),
            ["usage"] = UsageOf(response),
        }.ToJsonString();
    }

    /// <summary>The same in pieces, each a line of server-sent events; the last one says that it is done.</summary>
    public static IEnumerable<string> Pieces(ChatResponse response, string model)
    {
        var (text, refusal, calls) = PartsOf(response);
        yield return Piece(model, new JsonObject { ["role"] = "assistant" });
        foreach (var part in Parts(text))
        {
            yield return Piece(model, new JsonObject { ["content"] = part });
        }

        foreach (var part in Parts(refusal))
        {
            yield return Piece(model, new JsonObject { ["refusal"] = part });
        }

        for (var i = 0; i < calls.Count; i++)
        {
            foreach (var delta in CallPieces(i, calls[i]))
            {
                yield return Piece(model, delta);
            }
        }

        yield return Piece(model, [], calls.Count > 0 ? "tool_calls" : "stop", UsageOf(response));
        yield return "data: [DONE]\n\n";
    }

    private static (string? Text, string? Refusal, List<FunctionCallContent> Calls) PartsOf(ChatResponse response)
    {
        var contents = response.Messages.SelectMany(static message => message.Contents).ToList();
        var calls = contents.OfType<FunctionCallContent>().ToList();
        return (
            response.Text.Length > 0 ? response.Text : null,
            contents.OfType<ErrorContent>().FirstOrDefault()?.Message,
            calls);
    }

    private static IEnumerable<JsonObject> CallPieces(int index, FunctionCallContent call)
    {
        yield return new JsonObject
        {
            ["tool_calls"] = new JsonArray(new JsonObject
            {
                ["index"] = index,
                ["id"] = call.CallId,
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = string.Empty },
            }),
        };
        foreach (var part in Parts(ArgumentsOf(call)))
        {
            yield return new JsonObject
            {
                ["tool_calls"] = new JsonArray(new JsonObject
                {
                    ["index"] = index,
                    ["function"] = new JsonObject { ["arguments"] = part },
                }),
            };
        }
    }

    private static string Piece(string model, JsonObject delta, string? finish = null, JsonObject? usage = null)
    {
        var piece = new JsonObject
        {
            ["id"] = Id,
            ["object"] = "chat.completion.chunk",
            ["created"] = 0,
            ["model"] = model,
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["delta"] = delta,
                ["finish_reason"] = finish,
            }),
            ["usage"] = usage,
        };
        return new StringBuilder("data: ").Append(piece.ToJsonString()).Append("\n\n").ToString();
    }

    private static JsonNode ToolOf(FunctionCallContent call) => new JsonObject
    {
        ["id"] = call.CallId,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = ArgumentsOf(call) },
    };

    // What is no object is handed on as it stands: that is how broken arguments are made.
    private static string ArgumentsOf(FunctionCallContent call) =>
        call.RawRepresentation as string ?? JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions);

    private static JsonObject UsageOf(ChatResponse response) => new()
    {
        ["prompt_tokens"] = response.Usage?.InputTokenCount ?? 0,
        ["completion_tokens"] = response.Usage?.OutputTokenCount ?? 0,
        ["total_tokens"] = (response.Usage?.InputTokenCount ?? 0) + (response.Usage?.OutputTokenCount ?? 0),
    };

    private static IEnumerable<string> Parts(string? text) =>
        (text ?? string.Empty).Chunk(PieceCharacters).Select(static part => new string(part));
}
