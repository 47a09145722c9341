using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Simulations.LanguageModels;
using Market.Simulations.LanguageModels.Scripted;
using Market.Testing.Hosting;
using Microsoft.Extensions.AI;

namespace Market.Simulations.Tests.LanguageModels;

/// <summary>What code makes of a model's answers.</summary>
public sealed class ChatNegotiatorTests
{
    private static readonly Outcome Dear = Outcome.Of(9_000, 1);
    private static readonly Outcome Fair = Outcome.Of(5_000, 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_proposal_passes_as_it_is(bool isStructured)
    {
        const string Values = """{"total_price":5000,"warranty":"one year"}""";
        using var model = ScriptedChatClient.Of(isStructured
            ? ScriptedAnswers.Text($$"""{"act":"propose","values":{{Values}}}""")
            : ScriptedAnswers.Call(ChatTools.Propose, Values));
        var form = isStructured ? ChatAnswerForm.StructuredOutput : ChatAnswerForm.ToolCall;
        var negotiator = Bargain.Negotiator(model, new ChatNegotiatorOptions { AnswerForm = form });
        Assert.Equal(NegotiatorAct.Propose(Fair), await negotiator.ActAsync(Bargain.View(), default));
        Assert.Equal((1, 0, 120), Counts(negotiator.Account));
        var asked = model.Calls[0].Options!;
        Assert.Equal(isStructured, asked.ResponseFormat is ChatResponseFormatJson { Schema: not null });
        Assert.Equal(isStructured, asked.Tools is null);
    }

    [Fact]
    public async Task An_acceptable_offer_can_be_accepted_and_an_indicative_one_answered_in_kind()
    {
        using var model = ScriptedChatClient.Of(ScriptedAnswers.Call(ChatTools.Accept));
        var negotiator = Bargain.Negotiator(model);
        Assert.Equal(NegotiatorAct.Accept, await negotiator.ActAsync(Bargain.View(Fair), default));
        Assert.Equal(
            NegotiatorAct.Propose(Fair), await negotiator.ActAsync(Bargain.View(Fair, isFirm: false), default));
        Assert.Equal(0, negotiator.Account.ProblemsInAll);
    }

    [Fact]
    public async Task A_model_that_accepts_beyond_the_limit_is_asked_again_and_then_overruled()
    {
        using var model = ScriptedChatClient.Of(ScriptedAnswers.Call(ChatTools.Accept));
        var negotiator = Bargain.Negotiator(model);
        var act = await negotiator.ActAsync(Bargain.View(Dear), default);
        Assert.Equal(NegotiatorAct.Propose(Bargain.Buyer.Best), act);
        Assert.Equal((3, 1), (negotiator.Account.CountOf(ChatProblem.BelowLimit), negotiator.Account.Fallbacks));
        Assert.Contains("worth less to you", model.Calls[1].Messages[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ChatTools.Propose, """{"total_price":9000,"warranty":"none"}""", ChatProblem.BelowLimit)]
    [InlineData(ChatTools.Propose, """{"total_price":5001,"warranty":"none"}""", ChatProblem.OutOfAgenda)]
    [InlineData(ChatTools.Propose, """{"total_price":5000}""", ChatProblem.OutOfAgenda)]
    [InlineData(ChatTools.Propose, """{"total_price":1e300,"warranty":"none"}""", ChatProblem.OutOfAgenda)]
    [InlineData(ChatTools.Propose, """{"total_price":null,"warranty":"ten years"}""", ChatProblem.OutOfAgenda)]
    [InlineData(ChatTools.Accept, null, ChatProblem.NothingToAccept)]
    [InlineData("transfer_money", null, ChatProblem.WrongTool)]
    public async Task What_does_not_pass_is_counted_and_replaced_by_the_fallback(
        string tool, string? arguments, object problem)
    {
        using var model = ScriptedChatClient.Of(ScriptedAnswers.Call(tool, arguments));
        var fallback = StrategyCatalog.Create("Conceder", Bargain.Buyer);
        var negotiator = Bargain.Negotiator(model, fallback: fallback);
        var act = await negotiator.ActAsync(Bargain.View(), default);
        Assert.Equal(fallback.Act(Bargain.View()), act);
        Assert.Equal(3, negotiator.Account.CountOf((ChatProblem)problem));
        Assert.Equal((3, 3), (negotiator.Account.Calls, negotiator.Account.ProblemsInAll));
    }

    [Theory]
    [InlineData("I propose 50 dollars!")]
    [InlineData("{\"act\":\"propose\",\"values\":")]
    [InlineData("[]")]
    [InlineData("{\"act\":5}")]
    [InlineData("")]
    public async Task An_answer_in_no_form_is_malformed(string text)
    {
        using var model = ScriptedChatClient.Of(ScriptedAnswers.Text(text));
        var negotiator = Bargain.Negotiator(model);
        await negotiator.ActAsync(Bargain.View(), default);
        Assert.Equal(3, negotiator.Account.CountOf(ChatProblem.Malformed));
    }

    [Fact]
    public async Task Refusals_cut_answers_and_double_calls_have_their_own_counts()
    {
        using var model = ScriptedChatClient.Of(
            ScriptedAnswers.Refusal(),
            ScriptedAnswers.Of(ChatFinishReason.ContentFilter),
            ScriptedAnswers.Of(ChatFinishReason.Length, new TextContent("{\"act\":")),
            ScriptedAnswers.Of(
                ChatFinishReason.ToolCalls,
                new FunctionCallContent("1", ChatTools.End),
                new FunctionCallContent("2", ChatTools.Accept)),
            ScriptedAnswers.Text("""```json {"act":"end","values":null} ```"""));
        var negotiator = Bargain.Negotiator(model, new ChatNegotiatorOptions { AttemptsMax = 5 });
        Assert.Equal(NegotiatorAct.End, await negotiator.ActAsync(Bargain.View(Fair), default));
        Assert.Equal(2, negotiator.Account.CountOf(ChatProblem.Refusal));
        Assert.Equal(1, negotiator.Account.CountOf(ChatProblem.Truncated));
        Assert.Equal(1, negotiator.Account.CountOf(ChatProblem.WrongTool));
        Assert.Equal(0, negotiator.Account.Fallbacks);
    }

    [Fact]
    public async Task A_model_that_never_answers_is_left_at_the_time_out_even_if_it_does_not_heed_it()
    {
        var time = new ManualClock();
        using var asked = new SemaphoreSlim(0);
        using var model = new ScriptedChatClient((_, _) =>
        {
            asked.Release();
            return new TaskCompletionSource<ChatResponse>().Task;
        });
        var negotiator = Bargain.Negotiator(model, time: time);
        var acting = negotiator.ActAsync(Bargain.View(), default).AsTask();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await asked.WaitAsync();
            time.Advance(ChatNegotiatorOptions.Default.CallTimeout);
        }

        Assert.Equal(NegotiatorAct.Propose(Bargain.Buyer.Best), await acting);
        Assert.Equal((3, 1), (negotiator.Account.CountOf(ChatProblem.TimeOut), negotiator.Account.Fallbacks));
    }

    [Fact]
    public async Task A_provider_that_fails_is_counted_and_one_that_cannot_work_ends_the_run()
    {
        using var failing = new ScriptedChatClient(_ => throw new HttpRequestException("no route"));
        var negotiator = Bargain.Negotiator(failing);
        await negotiator.ActAsync(Bargain.View(), default);
        Assert.Equal((3, "no route"),
            (negotiator.Account.CountOf(ChatProblem.ProviderError), negotiator.Account.LastProviderError));

        using var unavailable = new ScriptedChatClient(_ => throw new ChatUnavailableException("The key is wrong."));
        await Assert.ThrowsAsync<ChatUnavailableException>(
            () => Bargain.Negotiator(unavailable).ActAsync(Bargain.View(), default).AsTask());
    }

    [Fact]
    public async Task Whoever_no_longer_wants_an_answer_is_not_kept_waiting()
    {
        using var stop = new CancellationTokenSource();
        using var model = new ScriptedChatClient((_, _) =>
        {
            stop.Cancel();
            return new TaskCompletionSource<ChatResponse>().Task;
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Bargain.Negotiator(model).ActAsync(Bargain.View(), stop.Token).AsTask());
    }

    [Theory]
    [InlineData(2, 1_000_000)]
    [InlineData(300, 240)]
    public async Task Calls_and_tokens_are_bounded_and_the_rest_is_decided_by_the_fallback(int calls, long tokens)
    {
        using var model = new ScriptedChatClient(ScriptedBargainer.Answer);
        var negotiator = Bargain.Negotiator(
            model,
            new ChatNegotiatorOptions
            {
                CallsMax = calls,
                TokensMax = tokens,
                Price = new ChatPrice(InputPerMillion: 5, OutputPerMillion: 10),
            });
        for (var round = 0; round < 4; round++)
        {
            await negotiator.ActAsync(Bargain.View(round: round), default);
        }

        var account = negotiator.Account;
        Assert.Equal((2, 2, 2), (account.Calls, account.BudgetStops, account.Fallbacks));
        Assert.Equal((200, 40, 0.0014m), (account.InputTokens, account.OutputTokens, account.Cost));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1e9)]
    public async Task Where_no_outcome_is_within_the_limit_it_ends_without_a_call(double least)
    {
        using var model = new ScriptedChatClient(ScriptedBargainer.Answer);
        var negotiator = Bargain.Negotiator(model, new ChatNegotiatorOptions { LeastUtility = least });
        Assert.Equal(NegotiatorAct.End, await negotiator.ActAsync(Bargain.View(Fair), default));
        Assert.Empty(model.Calls);
    }

    [Fact]
    public void A_scripted_model_negotiates_to_the_same_deal_again_and_again()
    {
        using var model = new ScriptedChatClient(ScriptedBargainer.Answer);
        var first = Bargain.Against(Bargain.Negotiator(model));
        var second = Bargain.Against(Bargain.Negotiator(model));
        Assert.NotNull(first.Agreement);
        Assert.Equal(first, second);
        Assert.True(Bargain.Buyer.Utility.Of(first.Agreement.Value) > 0);
    }

    private static (long, long, long) Counts(ChatAccount account) =>
        (account.Calls, account.ProblemsInAll, account.InputTokens + account.OutputTokens);
}
