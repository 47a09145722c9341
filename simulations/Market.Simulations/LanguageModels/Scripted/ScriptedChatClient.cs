using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels.Scripted;

/// <summary>
/// A chat model that follows a script: the same calls, the same answers, on every machine. It keeps what it was told.
/// Safe for many threads; calls are numbered in the order in which they come.
/// </summary>
/// <param name="answer">The script: what is answered to a call; it may fail or take its time.</param>
internal sealed class ScriptedChatClient(
    Func<ScriptedCall, CancellationToken, Task<ChatResponse>> answer) : IChatClient
{
    private readonly Lock _gate = new();
    private readonly List<ScriptedCall> _calls = [];

    /// <summary>A model that answers at once.</summary>
    public ScriptedChatClient(Func<ScriptedCall, ChatResponse> answer)
        : this((call, _) => Task.FromResult(answer(call)))
    {
    }

    /// <summary>The calls so far, in order.</summary>
    public IReadOnlyList<ScriptedCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>A model with these answers, one a call; the last one again and again.</summary>
    public static ScriptedChatClient Of(params ChatResponse[] answers) =>
        new(call => answers[Math.Min(call.Number, answers.Length - 1)]);

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ScriptedCall call;
        lock (_gate)
        {
            call = new ScriptedCall(_calls.Count, [.. messages], options);
            _calls.Add(call);
        }

        return answer(call, cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
