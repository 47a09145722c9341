using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;
using Market.Grains.Hosting;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Gateway;

/// <summary>What a session does while grains take their time, or fail.</summary>
public sealed class SessionFlowTests : IAsyncLifetime
{
    private HeldCluster _cluster = null!;
    private TestAgent _agent = null!;

    public async Task InitializeAsync()
    {
        _cluster = await HeldCluster.StartAsync();
        _agent = await TestAgent.AuthenticateAsync(_cluster.Uri);
    }

    public async Task DisposeAsync()
    {
        await _agent.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Answers_come_in_the_order_of_the_grains_and_under_their_requests()
    {
        var first = await _agent.BeginAsync(new GetBalances());
        var second = await _agent.BeginAsync(new GetBalances());
        var (askedFirst, askedSecond) = (await _cluster.NextAsync(), await _cluster.NextAsync());
        askedSecond.SetResult(new Balances(2, []));
        Assert.Equal(new Balances(2, []), await second.WaitAsync(TestAgent.Patience));
        Assert.False(first.IsCompleted);
        askedFirst.SetResult(new Balances(1, []));
        Assert.Equal(new Balances(1, []), await first.WaitAsync(TestAgent.Patience));
    }

    [Fact]
    public async Task Requests_in_flight_have_a_limit_and_those_below_it_are_answered()
    {
        var answers = new List<Task<object>>();
        var asked = new List<TaskCompletionSource<object>>();
        for (var i = 0; i < new OperatorLimits().RequestsInFlight; i++)
        {
            answers.Add(await _agent.BeginAsync(new GetBalances()));
            asked.Add(await _cluster.NextAsync());
        }

        var refused = Refusal.Is(GatewayRefusal.Overloaded, await _agent.AskAsync(new GetBalances()));
        Assert.NotNull(refused.RetryAfter);
        Assert.All(answers, answer => Assert.False(answer.IsCompleted));
        asked.ForEach(one => one.SetResult(new Balances(7, [])));
        Assert.All(await Task.WhenAll(answers), answer => Assert.IsType<Balances>(answer));

        var next = await _agent.BeginAsync(new GetBalances());
        (await _cluster.NextAsync()).SetResult(new Balances(8, []));
        Assert.IsType<Balances>(await next.WaitAsync(TestAgent.Patience));
    }

    [Fact]
    public async Task A_full_grain_is_a_refusal_with_the_time_to_come_back()
    {
        var refused = Refusal.Is(
            GatewayRefusal.Overloaded, await FailAsync(new GrainOverloadedException(TimeSpan.FromMilliseconds(70))));
        Assert.Equal(TimeSpan.FromMilliseconds(70), refused.RetryAfter);
    }

    [Fact]
    public async Task An_unknown_outcome_is_said_to_be_unknown() =>
        Refusal.Is(GatewayRefusal.OutcomeUnknown, await FailAsync(new OutcomeUnknownException("The disk is gone.")));

    [Fact]
    public async Task A_fault_of_the_market_shows_nothing_of_its_inside()
    {
        var refused = Refusal.Is(
            GatewayRefusal.OutcomeUnknown, await FailAsync(new InvalidOperationException("secret detail")));
        Assert.DoesNotContain("secret", refused.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grain_that_is_not_there_is_the_uniform_refusal()
    {
        var answer = await _agent.BeginAsync(new GetBalances());
        (await _cluster.NextAsync()).SetResult(GrainNotFound.Instance);
        Refusal.Is(GatewayRefusal.NotFound, await answer.WaitAsync(TestAgent.Patience));
    }

    [Fact]
    public async Task A_refusal_of_a_grain_goes_out_as_it_is()
    {
        var refused = Refusals.Of(EnrolmentRefusal.WrongRole, "Some detail.");
        var answer = await _agent.BeginAsync(new GetBalances());
        (await _cluster.NextAsync()).SetResult(refused);
        Assert.Equal(refused, await answer.WaitAsync(TestAgent.Patience));
    }

    private async Task<object> FailAsync(Exception error)
    {
        var answer = await _agent.BeginAsync(new GetBalances());
        (await _cluster.NextAsync()).SetException(error);
        return await answer.WaitAsync(TestAgent.Patience);
    }
}
