using System.Text.Json;
using Market.Domain.Strategies;
using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels;

/// <summary>What a model's answer says: an act, or why it says none.</summary>
/// <param name="Act">The act; the default where there is a problem.</param>
/// <param name="Problem">Why there is none; null where there is one.</param>
internal readonly record struct ChatAnswer(NegotiatorAct Act, ChatProblem? Problem)
{
    private const int AnswerCharactersMax = 100_000;

    /// <summary>Reads an answer. It is as untrusted as any: nothing in it makes this throw.</summary>
    public static ChatAnswer Read(ChatResponse response, AgendaCodec codec)
    {
        var contents = response.Messages.SelectMany(static message => message.Contents).ToList();
        if (response.FinishReason == ChatFinishReason.ContentFilter
            || contents.OfType<ErrorContent>().Any(static error => error.ErrorCode == RefusalCode))
        {
            return Failed(ChatProblem.Refusal);
        }

        var calls = contents.OfType<FunctionCallContent>().ToList();
        return calls.Count switch
        {
            1 => Read(calls[0], codec),
            > 1 => Failed(ChatProblem.WrongTool),
            _ when response.FinishReason == ChatFinishReason.Length => Failed(ChatProblem.Truncated),
            _ => Read(response.Text, codec),
        };
    }

    /// <summary>The code of an <see cref="ErrorContent"/> by which a client says that the model declined.</summary>
    public const string RefusalCode = "Refusal";

    private static ChatAnswer Failed(ChatProblem problem) => new(default, problem);

    private static ChatAnswer Read(FunctionCallContent call, AgendaCodec codec)
    {
        if (call.Exception is not null)
        {
            return Failed(ChatProblem.Malformed);
        }

        var values = JsonSerializer.SerializeToElement(
            call.Arguments ?? new Dictionary<string, object?>(), AIJsonUtilities.DefaultOptions);
        return Read(call.Name, values, codec);
    }

    private static ChatAnswer Read(string text, AgendaCodec codec)
    {
        if (text.Length > AnswerCharactersMax)
        {
            return Failed(ChatProblem.Malformed);
        }

        try
        {
            using var document = JsonDocument.Parse(Unfenced(text));
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty(ChatTools.Act, out var act) || act.ValueKind != JsonValueKind.String)
            {
                return Failed(ChatProblem.Malformed);
            }

            var values = root.TryGetProperty(ChatTools.Values, out var given) ? given : default;
            return Read(act.GetString()!, values, codec);
        }
        catch (JsonException)
        {
            return Failed(ChatProblem.Malformed);
        }
    }

    private static ChatAnswer Read(string act, JsonElement values, AgendaCodec codec) => act switch
    {
        ChatTools.Accept => new(NegotiatorAct.Accept, null),
        ChatTools.End => new(NegotiatorAct.End, null),
        ChatTools.Propose => codec.Read(values) is { } outcome
            ? new(NegotiatorAct.Propose(outcome), null)
            : Failed(ChatProblem.OutOfAgenda),
        _ => Failed(ChatProblem.WrongTool),
    };

    // Many models put JSON between ```json and ```.
    private static string Unfenced(string text)
    {
        var trimmed = text.Trim();
        if (!trimmed.StartsWith("```", StringComparison.Ordinal) || !trimmed.EndsWith("```", StringComparison.Ordinal))
        {
            return trimmed;
        }

        var begin = trimmed.IndexOf('{', StringComparison.Ordinal);
        var end = trimmed.LastIndexOf('}');
        return begin >= 0 && end > begin ? trimmed[begin..(end + 1)] : trimmed;
    }
}
