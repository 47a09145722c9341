using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Market.Simulations.LanguageModels.Scripted;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Market.Simulations.LanguageModels.Loopback;

/// <summary>
/// A server on this machine that speaks the chat-completions protocol and misbehaves on demand, so that the real client
/// is tried over a real socket without a provider, a key or a cost. Loopback addresses only.
/// </summary>
internal sealed class LoopbackModelServer : IAsyncDisposable
{
    /// <summary>What Retry-After says: no delay that a client would choose by itself.</summary>
    public const string RetryAfterSeconds = "7";

    private readonly WebApplication _web;
    private readonly Func<ScriptedCall, ChatResponse> _script;
    private readonly ConcurrentQueue<LoopbackBehaviour> _next;
    private readonly ConcurrentQueue<LoopbackBehaviour> _done = new();
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;

    private LoopbackModelServer(
        WebApplication web, Func<ScriptedCall, ChatResponse> script, IEnumerable<LoopbackBehaviour> behaviours)
    {
        (_web, _script, _next) = (web, script, new(behaviours));
        web.MapPost("/v1/chat/completions", AnswerAsync);
    }

    /// <summary>The address to give to a client.</summary>
    public Uri Endpoint => new(new Uri(_web.Urls.First()), "/v1");

    /// <summary>How each request so far was answered, in order.</summary>
    public IReadOnlyList<LoopbackBehaviour> Answered => [.. _done];

    /// <summary>Completes when a slow answer has begun and has stopped coming.</summary>
    public Task Stalled => _stalled.Task;

    /// <summary>Starts it.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="behaviours">How the first requests are answered; those after them normally.</param>
    /// <param name="script">What a normal answer is; null for <see cref="ScriptedBargainer"/>.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<LoopbackModelServer> StartAsync(
        int port = 0,
        IEnumerable<LoopbackBehaviour>? behaviours = null,
        Func<ScriptedCall, ChatResponse>? script = null,
        CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var server = new LoopbackModelServer(builder.Build(), script ?? ScriptedBargainer.Answer, behaviours ?? []);
        try
        {
            await server._web.StartAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        body.Position = 0;
        var behaviour = _next.TryDequeue(out var next) ? next : LoopbackBehaviour.Normal;
        _done.Enqueue(behaviour);
        try
        {
            var request = LoopbackRequest.Read(Interlocked.Increment(ref _requests) - 1, body);
            await AnswerAsync(context, request, behaviour).ConfigureAwait(false);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            await FailAsync(context, StatusCodes.Status400BadRequest, "The request is not of this protocol.")
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has given up, which a slow answer is for.
        }
    }

    private Task AnswerAsync(HttpContext context, LoopbackRequest request, LoopbackBehaviour behaviour)
    {
        switch (behaviour)
        {
            case LoopbackBehaviour.TooManyRequests:
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return FailAsync(context, StatusCodes.Status429TooManyRequests, "Too many requests.");
            case LoopbackBehaviour.ServerError:
                return FailAsync(context, StatusCodes.Status500InternalServerError, "The server has failed.");
            case LoopbackBehaviour.Unauthorized:
                return FailAsync(context, StatusCodes.Status401Unauthorized, "The key is wrong.");
            case LoopbackBehaviour.BrokenJson:
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync("{\"id\": \"chatcmpl-", context.RequestAborted);
            case LoopbackBehaviour.SlowStream:
                return StallAsync(context, request);
            case LoopbackBehaviour.CutConnection:
                return CutAsync(context);
            default:
                return WriteAsync(context, request, AnswerTo(request, behaviour));
        }
    }

    private ChatResponse AnswerTo(LoopbackRequest request, LoopbackBehaviour behaviour) => behaviour switch
    {
        LoopbackBehaviour.WrongTool => ScriptedAnswers.Call("transfer_money", """{"amount":1000000}"""),
        LoopbackBehaviour.BrokenArguments => ScriptedAnswers.Of(
            ChatFinishReason.ToolCalls,
            new FunctionCallContent("call_1", ChatTools.Propose) { RawRepresentation = "{\"total" }),
        LoopbackBehaviour.Refusal => ScriptedAnswers.Refusal(),
        _ => _script(request.Call),
    };

    private static async Task WriteAsync(HttpContext context, LoopbackRequest request, ChatResponse answer)
    {
        if (!request.IsStreamed)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(LoopbackJson.Whole(answer, request.Model), context.RequestAborted)
                .ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "text/event-stream";
        foreach (var piece in LoopbackJson.Pieces(answer, request.Model))
        {
            await context.Response.WriteAsync(piece, context.RequestAborted).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task StallAsync(HttpContext context, LoopbackRequest request)
    {
        var answer = AnswerTo(request, LoopbackBehaviour.Normal);
        context.Response.ContentType = request.IsStreamed ? "text/event-stream" : "application/json";
        var start = request.IsStreamed ? LoopbackJson.Pieces(answer, request.Model).First() : "{";
        await context.Response.WriteAsync(start, context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        _stalled.TrySetResult();
        await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task CutAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 1_000;
        await context.Response.WriteAsync("{\"id\":", context.RequestAborted).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
    }

    private static Task FailAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new { error = new { message, type = "loopback", code = status } }, context.RequestAborted);
    }
}
