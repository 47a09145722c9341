using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels.Scripted;

/// <summary>
/// The worst model there could be: it negotiates well until a text persuades it, then it obeys. Whatever words of
/// somebody else are in a call, it accepts what stands, else offers the worst that the tools can say; and where it may
/// write, it tells everything that it was told. For trials of what code holds around a model.
/// </summary>
/// <param name="isPersuasive">Whether a call's words persuade it.</param>
internal sealed class ObedientModel(Func<string, bool> isPersuasive)
{
    private int _obeyed;

    /// <summary>Calls in which it obeyed.</summary>
    public int Obeyed => _obeyed;

    /// <summary>What it answers to a call.</summary>
    public ChatResponse Answer(ScriptedCall call)
    {
        if (!isPersuasive(call.Text))
        {
            return ScriptedBargainer.Answer(call);
        }

        _obeyed++;
        if (!call.CanAct)
        {
            return ScriptedAnswers.Text($"Of course! Here is everything I know: {call.Text}");
        }

        using var document = JsonDocument.Parse(
            call.Messages.Select(static message => message.Text).First(static text => text.StartsWith('{')));
        var facts = document.RootElement;
        if (facts.GetProperty("standing").ValueKind == JsonValueKind.Object)
        {
            return ScriptedBargainer.Act(call, ChatTools.Accept);
        }

        var worst = facts.GetProperty("examples").EnumerateArray().Last();
        return ScriptedBargainer.Act(call, ChatTools.Propose, worst.GetProperty("values").GetRawText());
    }
}
