using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Market.Simulations.LanguageModels.OpenAI;

/// <summary>
/// A chat model behind the OpenAI protocol, over the official client: tool calls, structured output, streaming; the
/// client itself retries what passes (429, 5xx, broken connections) and heeds Retry-After.
/// </summary>
/// <remarks>
/// Where the package Microsoft.Extensions.AI.OpenAI can be had, <c>client.AsIChatClient()</c> replaces this class,
/// its two mappings and nothing else.
/// </remarks>
/// <param name="client">The official client of one model.</param>
internal sealed class OpenAIChatModel(ChatClient client) : IChatClient
{
    private const int Unauthorized = 401;
    private const int NotFound = 404;

    /// <summary>A model at an address.</summary>
    /// <param name="endpoint">The address to which <c>/chat/completions</c> is appended.</param>
    /// <param name="model">The model's name there.</param>
    /// <param name="key">The key; servers without keys take any.</param>
    /// <param name="retriesMax">Retries of one call.</param>
    /// <param name="time">Measures the waits between them; null for the system's clock.</param>
    public static OpenAIChatModel At(
        Uri endpoint, string model, string key, int retriesMax = 3, TimeProvider? time = null) =>
        new(new ChatClient(model, new ApiKeyCredential(key), new OpenAIClientOptions
        {
            Endpoint = endpoint,
            RetryPolicy = new PacedRetries(retriesMax, time ?? TimeProvider.System),
            UserAgentApplicationId = "market-simulations",
        }));

    /// <inheritdoc/>
    /// <exception cref="ChatUnavailableException">The key or the model's name is wrong.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var completion = await client
                .CompleteChatAsync(OpenAIRequest.Of(messages), OpenAIRequest.Of(options), cancellationToken)
                .ConfigureAwait(false);
            return OpenAIResponse.Of(completion.Value);
        }
        catch (ClientResultException refused) when (IsForGood(refused))
        {
            throw Unavailable(refused);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ChatUnavailableException">The key or the model's name is wrong.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stream = new OpenAIStream();
        var updates = client.CompleteChatStreamingAsync(
            OpenAIRequest.Of(messages), OpenAIRequest.Of(options), cancellationToken);
        var enumerator = updates.GetAsyncEnumerator(cancellationToken);
        await using (enumerator.ConfigureAwait(false))
        {
            while (await NextAsync(enumerator).ConfigureAwait(false))
            {
                yield return stream.Add(enumerator.Current);
            }
        }

        yield return stream.End();
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType.IsInstanceOfType(client) ? client
        : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The official client holds nothing to be given back.
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<StreamingChatCompletionUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (ClientResultException refused) when (IsForGood(refused))
        {
            throw Unavailable(refused);
        }
    }

    private static bool IsForGood(ClientResultException refused) => refused.Status is Unauthorized or NotFound;

    private static ChatUnavailableException Unavailable(ClientResultException refused) => new(
        refused.Status == Unauthorized
            ? "The model's server refuses the key."
            : "The model's server knows no such model, or serves another protocol at this address.",
        refused);

    /// <summary>The client's own retries, waiting by a clock that can be another than the system's.</summary>
    private sealed class PacedRetries(int retriesMax, TimeProvider clock) : ClientRetryPolicy(retriesMax)
    {
        protected override Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) =>
            Task.Delay(time, clock, cancellationToken);
    }
}
