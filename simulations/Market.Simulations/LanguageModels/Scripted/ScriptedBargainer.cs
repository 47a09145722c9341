using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels.Scripted;

/// <summary>
/// A script that negotiates from the facts of its prompt, as a plain model would: in each round it asks for the next of
/// the examples, from the best to the least, and accepts what is worth at least as much. To words it answers politely.
/// </summary>
internal static class ScriptedBargainer
{
    /// <summary>What it answers to a call.</summary>
    public static ChatResponse Answer(ScriptedCall call)
    {
        if (!call.CanAct)
        {
            return ScriptedAnswers.Text("Thank you. Our offers say what we can do.");
        }

        // The facts are the first message that is an object; the rest are words.
        var facts = call.Messages.Select(static message => message.Text).First(static text => text.StartsWith('{'));
        using var document = JsonDocument.Parse(facts);
        return Answer(call, document.RootElement);
    }

    /// <summary>An act in the form that the call asks for.</summary>
    public static ChatResponse Act(ScriptedCall call, string act, string? values = null) =>
        call.Options is { Tools.Count: > 0 }
            ? ScriptedAnswers.Call(act, values)
            : ScriptedAnswers.Text($$"""{"act":"{{act}}","values":{{values ?? "null"}}}""");

    private static ChatResponse Answer(ScriptedCall call, JsonElement facts)
    {
        var examples = facts.GetProperty("examples");
        if (examples.GetArrayLength() == 0)
        {
            return Act(call, ChatTools.End);
        }

        var round = facts.GetProperty("round").GetInt32() - 1;
        var rounds = facts.GetProperty("rounds").GetInt32();
        var wanted = examples[Math.Min(examples.GetArrayLength() - 1, examples.GetArrayLength() * round / rounds)];
        var standing = facts.GetProperty("standing");
        var isEnough = standing.ValueKind == JsonValueKind.Object
            && standing.GetProperty("acceptable").GetBoolean()
            && standing.GetProperty("utility").GetDouble() >= wanted.GetProperty("utility").GetDouble();
        return isEnough
            ? Act(call, ChatTools.Accept)
            : Act(call, ChatTools.Propose, wanted.GetProperty("values").GetRawText());
    }
}
