using Market.Domain.Strategies;
using Market.Simulations.LanguageModels;
using Market.Simulations.LanguageModels.Loopback;
using Market.Simulations.LanguageModels.OpenAI;
using Market.Simulations.LanguageModels.Scripted;
using Market.Testing.Hosting;

namespace Market.Simulations.Tests.LanguageModels;

/// <summary>The real client over a real socket, with a server that misbehaves.</summary>
public sealed class LoopbackTests
{
    [Theory]
    [InlineData(ChatAnswerForm.ToolCall, false)]
    [InlineData(ChatAnswerForm.ToolCall, true)]
    [InlineData(ChatAnswerForm.StructuredOutput, false)]
    [InlineData(ChatAnswerForm.StructuredOutput, true)]
    internal async Task A_model_behind_a_socket_negotiates_as_the_same_script_in_memory(
        ChatAnswerForm form, bool streams)
    {
        var options = new ChatNegotiatorOptions { AnswerForm = form, Streams = streams };
        await using var server = await LoopbackModelServer.StartAsync();
        using var remote = ClientOf(server);
        using var local = new ScriptedChatClient(ScriptedBargainer.Answer);
        var overSocket = Bargain.Negotiator(remote, options);
        var inMemory = Bargain.Negotiator(local, options);
        var result = await Task.Run(() => Bargain.Against(overSocket));
        Assert.Equal(Bargain.Against(inMemory), result);
        Assert.NotNull(result.Agreement);
        Assert.Equal(0, overSocket.Account.ProblemsInAll);
        Assert.Equal(inMemory.Account.InputTokens, overSocket.Account.InputTokens);
        Assert.Equal(server.Answered.Count, overSocket.Account.Calls);
    }

    [Theory]
    [InlineData(LoopbackBehaviour.TooManyRequests)]
    [InlineData(LoopbackBehaviour.ServerError)]
    [InlineData(LoopbackBehaviour.CutConnection)]
    internal async Task What_passes_is_retried_by_the_client_and_never_seen(LoopbackBehaviour behaviour)
    {
        var time = new ImpatientTime();
        await using var server = await LoopbackModelServer.StartAsync(behaviours: [behaviour]);
        using var model = ClientOf(server, time: time);
        var negotiator = Bargain.Negotiator(model);
        await negotiator.ActAsync(Bargain.View(), default);
        Assert.Equal([behaviour, LoopbackBehaviour.Normal], server.Answered);
        Assert.Equal((1, 0), (negotiator.Account.Calls, negotiator.Account.ProblemsInAll));
        var wait = Assert.Single(time.Waits);
        if (behaviour == LoopbackBehaviour.TooManyRequests)
        {
            Assert.Equal(7, wait.TotalSeconds);
        }
    }

    [Theory]
    [InlineData(LoopbackBehaviour.BrokenJson, ChatProblem.ProviderError, false)]
    [InlineData(LoopbackBehaviour.WrongTool, ChatProblem.WrongTool, false)]
    [InlineData(LoopbackBehaviour.WrongTool, ChatProblem.WrongTool, true)]
    [InlineData(LoopbackBehaviour.BrokenArguments, ChatProblem.Malformed, false)]
    [InlineData(LoopbackBehaviour.BrokenArguments, ChatProblem.Malformed, true)]
    [InlineData(LoopbackBehaviour.Refusal, ChatProblem.Refusal, false)]
    [InlineData(LoopbackBehaviour.Refusal, ChatProblem.Refusal, true)]
    [InlineData(LoopbackBehaviour.TooManyRequests, ChatProblem.ProviderError, false)]
    [InlineData(LoopbackBehaviour.ServerError, ChatProblem.ProviderError, true)]
    [InlineData(LoopbackBehaviour.CutConnection, ChatProblem.ProviderError, false)]
    [InlineData(LoopbackBehaviour.CutConnection, ChatProblem.ProviderError, true)]
    internal async Task What_is_of_no_use_is_counted_and_asked_again(
        LoopbackBehaviour behaviour, ChatProblem problem, bool streams)
    {
        await using var server = await LoopbackModelServer.StartAsync(behaviours: [behaviour]);
        using var model = ClientOf(server, retriesMax: 0);
        var negotiator = Bargain.Negotiator(model, new ChatNegotiatorOptions { Streams = streams });
        var act = await negotiator.ActAsync(Bargain.View(), default);
        Assert.Equal([behaviour, LoopbackBehaviour.Normal], server.Answered);
        Assert.Equal((1, 1, 0),
            (negotiator.Account.CountOf(problem), negotiator.Account.ProblemsInAll, negotiator.Account.Fallbacks));
        Assert.Equal(NegotiatorActKind.Propose, act.Kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stream_that_stops_is_left_at_the_time_out(bool streams)
    {
        var time = new ManualClock();
        await using var server = await LoopbackModelServer.StartAsync(behaviours: [LoopbackBehaviour.SlowStream]);
        using var model = ClientOf(server);
        var options = new ChatNegotiatorOptions { Streams = streams, AttemptsMax = 1 };
        var negotiator = Bargain.Negotiator(model, options, time: time);
        var acting = negotiator.ActAsync(Bargain.View(), default).AsTask();
        await server.Stalled;
        time.Advance(options.CallTimeout);
        Assert.Equal(NegotiatorAct.Propose(Bargain.Buyer.Best), await acting);
        Assert.Equal((1, 1), (negotiator.Account.CountOf(ChatProblem.TimeOut), negotiator.Account.Fallbacks));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wrong_key_ends_the_run_with_a_sentence(bool streams)
    {
        await using var server = await LoopbackModelServer.StartAsync(behaviours: [LoopbackBehaviour.Unauthorized]);
        using var model = ClientOf(server);
        var negotiator = Bargain.Negotiator(model, new ChatNegotiatorOptions { Streams = streams });
        var failure = await Assert.ThrowsAsync<ChatUnavailableException>(
            () => negotiator.ActAsync(Bargain.View(), default).AsTask());
        Assert.Equal("The model's server refuses the key.", failure.Message);
    }

    private static OpenAIChatModel ClientOf(
        LoopbackModelServer server, int retriesMax = 3, TimeProvider? time = null) =>
        OpenAIChatModel.At(server.Endpoint, "loopback", "key", retriesMax, time);
}
