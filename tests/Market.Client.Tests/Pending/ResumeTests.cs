using Market.Client.Pending;
using Market.Client.Tests.Support;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client.Tests.Pending;

public sealed class ResumeTests : IDisposable
{
    private static readonly RequestDraft Draft = new("an espresso machine", "", 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("market-resume-").FullName;
    private readonly ScriptedMarket _market = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_new_process_asks_again_with_the_same_id_and_the_same_signature()
    {
        var sent = await LeaveUnansweredAsync(client => client.OpenAsync(
            Some.Listing, new NegotiationSettings
            {
                FirstOffer = ProposedOffer.Firm(Some.Agenda.TermsOf(Some.OutcomeOf(5_000))),
            }));
        var (client, connection) = await _market.ConnectAsync(options: Options());
        await using var _ = client;
        Assert.True(connection.HasNothingMore);
        var pending = Assert.Single(client.PendingCommands);

        await using var resuming = client.ResumePendingAsync().GetAsyncEnumerator();
        var next = resuming.MoveNextAsync().AsTask();
        var again = await connection.NextAsync<SignedAct>();
        Assert.Equal(WireCatalog.EncodeTagged(sent.Message), WireCatalog.EncodeTagged(again.Message));
        connection.Answer(again, Refusals.Of(ListingRefusal.ListingNotFound));
        Assert.True(await next.Soon());
        Assert.Equal(
            (pending.Id, false, RefusalCode.ListingNotFound),
            (resuming.Current.Id, resuming.Current.IsDone, resuming.Current.Code));
        Assert.Equal(pending.Id, Assert.IsType<OpenNegotiation>(resuming.Current.Message).Message);
        Assert.False(await resuming.MoveNextAsync().AsTask().Soon());
        Assert.Empty(client.PendingCommands);
    }

    [Fact]
    public async Task What_was_answered_or_resumed_is_not_asked_again()
    {
        await LeaveUnansweredAsync(client => client.PublishRequestAsync(Draft));
        var (client, connection) = await _market.ConnectAsync(options: Options());
        var resuming = client.ResumePendingAsync().ToListAsync().AsTask();
        connection.Answer(await connection.NextAsync<PublishRequest>(), new RequestPublished(RequestOf()));
        Assert.True(Assert.Single(await resuming.Soon()).IsDone);
        var publishing = client.PublishRequestAsync(Draft);
        connection.Answer(await connection.NextAsync<PublishRequest>(), new RequestPublished(RequestOf()));
        await publishing.Soon();
        await client.DisposeAsync();

        var (again, _) = await _market.ConnectAsync(options: Options());
        await using var disposing = again;
        Assert.Empty(again.PendingCommands);
    }

    [Fact]
    public async Task An_outcome_whose_handling_was_interrupted_comes_again()
    {
        await LeaveUnansweredAsync(client => client.PublishRequestAsync(Draft));
        var (client, connection) = await _market.ConnectAsync(options: Options());
        var first = client.ResumePendingAsync().FirstAsync().AsTask();
        connection.Answer(await connection.NextAsync<PublishRequest>(), new RequestPublished(RequestOf()));
        Assert.True((await first.Soon()).IsDone);
        await client.DisposeAsync();

        var (again, _) = await _market.ConnectAsync(options: Options());
        await using var disposing = again;
        Assert.Single(again.PendingCommands);
    }

    [Fact]
    public async Task An_act_is_on_record_before_it_is_sent()
    {
        var store = new SlowStore();
        var options = Some.Options();
        options.PendingCommands = store;
        var (client, connection) = await _market.ConnectAsync(options: options);
        await using var _ = client;
        var publishing = client.PublishRequestAsync(Draft);
        var balances = client.GetBalancesAsync();
        await connection.NextAsync<GetBalances>();
        Assert.True(connection.HasNothingMore);

        store.Written.SetResult();
        var sent = await connection.NextAsync<PublishRequest>();
        Assert.Equal(((PublishRequest)sent.Message).Message, Assert.Single(store.Added).Id);
        Assert.Empty(store.Struck);
        connection.Answer(sent, new RequestPublished(RequestOf()));
        await publishing.Soon();
        Assert.Equal(store.Added[0].Id, Assert.Single(store.Struck));
        Assert.False(balances.IsCompleted);
    }

    [Fact]
    public async Task An_act_that_nobody_waits_for_any_more_stays_in_doubt()
    {
        var (client, connection) = await _market.ConnectAsync(options: Options());
        await using var _ = client;
        using var cancelling = new CancellationTokenSource();
        var publishing = client.PublishRequestAsync(Draft, cancelling.Token);
        await connection.NextAsync<PublishRequest>();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing.Soon());

        var pending = Assert.Single(client.PendingCommands);
        Assert.True(await client.ForgetPendingAsync(pending));
        Assert.False(await client.ForgetPendingAsync(pending));
        Assert.Empty(client.PendingCommands);
    }

    [Fact]
    public async Task An_act_that_never_reached_a_connection_is_not_in_doubt()
    {
        var (client, connection) = await _market.ConnectAsync(options: Options());
        await using var _ = client;
        _market.DialsRefused = int.MaxValue;
        connection.Break();
        while (client.IsConnected)
        {
            await Task.Yield();
        }

        using var cancelling = new CancellationTokenSource();
        var publishing = client.PublishRequestAsync(Draft, cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing.Soon());
        Assert.Empty(client.PendingCommands);
    }

    [Fact]
    public async Task Pending_commands_of_another_agent_are_refused()
    {
        await LeaveUnansweredAsync(client => client.PublishRequestAsync(Draft));
        var connecting = MarketClient.ConnectAsync(_market, Some.Key, Options(), CancellationToken.None);
        await _market.WelcomeAsync(Some.Seller);
        var error = await Assert.ThrowsAsync<MarketConnectionException>(() => connecting.Soon());
        Assert.Contains("agent_1", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsFinal);
    }

    [Fact]
    public async Task Without_a_store_nothing_is_pending()
    {
        var (client, _) = await _market.ConnectAsync();
        await using var disposing = client;
        Assert.Empty(client.PendingCommands);
        Assert.Empty(await client.ResumePendingAsync().ToListAsync());
    }

    private async Task<ReceivedFrame> LeaveUnansweredAsync(Func<MarketClient, Task> act)
    {
        var (client, connection) = await _market.ConnectAsync(options: Options());
        var acting = act(client);
        var sent = await connection.NextAsync();
        await client.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => acting.Soon());
        return sent;
    }

    private static Request RequestOf() =>
        new(new RequestId(Guid.NewGuid()), Some.Buyer.Number, Some.Buyer.Principal, Draft);

    private MarketClientOptions Options()
    {
        var options = Some.Options();
        options.PendingCommands = new FilePendingCommands(Path.Combine(_folder, "agent.pending"));
        return options;
    }

    /// <summary>A store that takes its time.</summary>
    private sealed class SlowStore : IPendingCommands
    {
        public TaskCompletionSource Written { get; } = new();

        public List<PendingCommand> Added { get; } = [];

        public List<MessageId> Struck { get; } = [];

        public ValueTask<IReadOnlyList<PendingCommand>> OpenAsync(CancellationToken cancellationToken) => new([]);

        public async ValueTask AddAsync(PendingCommand command, CancellationToken cancellationToken)
        {
            await Written.Task.Soon();
            Added.Add(command);
        }

        public ValueTask StrikeAsync(MessageId id, CancellationToken cancellationToken)
        {
            Struck.Add(id);
            return ValueTask.CompletedTask;
        }

        public ValueTask CloseAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
