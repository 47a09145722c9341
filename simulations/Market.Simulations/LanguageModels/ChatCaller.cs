using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels;

/// <summary>Makes calls of a negotiation: bounded in time, counted, and never failing for a passing reason.</summary>
/// <param name="model">The model.</param>
/// <param name="options">The limits.</param>
/// <param name="account">Where calls are counted.</param>
/// <param name="time">Measures time-outs.</param>
internal sealed class ChatCaller(
    IChatClient model, ChatNegotiatorOptions options, ChatAccount account, TimeProvider time)
{
    /// <summary>Calls the model once.</summary>
    /// <returns>Its answer; null where there was none, which the account then says.</returns>
    /// <exception cref="ChatUnavailableException">No call can succeed.</exception>
    /// <exception cref="OperationCanceledException">The caller no longer wants an answer.</exception>
    public async ValueTask<ChatResponse?> CallAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions how, CancellationToken cancellationToken)
    {
        account.AddCall();
        using var timeout = new CancellationTokenSource(options.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            // A client that does not heed its token is not waited for either.
            var response = await AskAsync(messages, how, either.Token).WaitAsync(either.Token).ConfigureAwait(false);
            account.Add(response.Usage);
            return response;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            account.Add(ChatProblem.TimeOut);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ChatUnavailableException))
        {
            // Whatever a provider's client throws: the account keeps it, and the turn goes on without.
            cancellationToken.ThrowIfCancellationRequested();
            account.Add(ChatProblem.ProviderError, failure.Message.ReplaceLineEndings(" "));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            account.Add(ChatProblem.TimeOut); // the client's own limit, shorter than ours
        }

        return null;
    }

    private Task<ChatResponse> AskAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions how, CancellationToken cancellationToken) => options.Streams
        ? model.GetStreamingResponseAsync(messages, how, cancellationToken).ToChatResponseAsync(cancellationToken)
        : model.GetResponseAsync(messages, how, cancellationToken);
}
