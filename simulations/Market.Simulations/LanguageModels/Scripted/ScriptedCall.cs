using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels.Scripted;

/// <summary>A call that a scripted model was asked.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Messages">What it was told.</param>
/// <param name="Options">How it was to answer.</param>
internal sealed record ScriptedCall(int Number, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)
{
    /// <summary>Whether it can act: it was given tools or a schema.</summary>
    public bool CanAct => Options is { Tools.Count: > 0 } or { ResponseFormat: ChatResponseFormatJson };

    /// <summary>Everything it was told, one message a paragraph.</summary>
    public string Text => string.Join("\n\n", Messages.Select(static message => message.Text));
}
