using Market.Domain.Approvals;
using Market.Domain.Enrolling;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;
using Market.Silo.Gateway.Authorising;
using Market.Silo.Tests.Support;

namespace Market.Silo.Tests.Authorising;

/// <summary>Whoever may not send a message, or names what is another's, learns nothing and changes nothing (S3).</summary>
public sealed class AuthorisationTests : IAsyncLifetime
{
    private static readonly SessionKinds[] Kinds =
        [SessionKinds.Unregistered, SessionKinds.Buyer, SessionKinds.Seller, SessionKinds.Principal];

    private OwnedWorld _world = null!;

    public async Task InitializeAsync() => _world = await OwnedWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Every_message_of_every_wrong_sender_gets_the_answer_of_its_kind_and_changes_nothing()
    {
        var head = _world.Head;
        foreach (var row in AuthorisationTable.Rows.Where(static row => row.Message != typeof(SignedAct)))
        {
            foreach (var kind in Kinds.Where(kind => (row.Senders & kind) == SessionKinds.None))
            {
                var (owned, absent) = (await AskAsync(kind, row, _world.Owned), await AskAsync(kind, row, new Things()));
                Assert.Equal(ExpectedOf(row, kind).ToString(), Assert.IsType<Refused>(owned).Name);
                AssertSameBytes(owned, absent, $"{row.Message.Name} of {kind}");
                Assert.True(_world.Head == head, $"{row.Message.Name} of {kind} changed the journal.");
            }
        }
    }

    [Fact]
    public async Task Every_message_before_the_proof_of_a_key_is_refused_and_ends_the_connection()
    {
        var head = _world.Head;
        foreach (var row in AuthorisationTable.Rows.Where(static row =>
            row.Message != typeof(Authenticate) && row.Message != typeof(SignedAct)))
        {
            await using var agent = await TestAgent.ConnectAsync(_world.Market.Uri);
            await agent.SendAsync(7, SampleMessages.Of(row.Message, _world.Owned, _world.Open.Id));
            var refused = Assert.IsType<Refused>((await agent.ReceiveAsync())!.Message);
            Assert.Equal(
                row.Senders == SessionKinds.None
                    ? nameof(GatewayRefusal.MessageTypeUnknown)
                    : nameof(GatewayRefusal.NotAuthenticated),
                refused.Name);
            Assert.Null(await agent.ReceiveAsync());
        }

        Assert.Equal(head, _world.Head);
    }

    [Fact]
    public async Task Another_owners_thing_is_not_told_apart_from_none_and_stays_as_it_is()
    {
        var head = _world.Head;
        var named = SampleMessages.Naming(_world.Owned, _world.Open)
            .Zip(SampleMessages.Naming(new Things(), _world.Open));
        foreach (var ((type, thing, owned), (_, _, absent)) in named)
        {
            var row = AuthorisationTable.Rows.Single(row => row.Message == type);
            foreach (var kind in Kinds.Where(kind => (row.Senders & kind) != SessionKinds.None))
            {
                var first = await SendAsync(kind, row, owned);
                var expected = row.Things.First(owned => thing.Length == 0 || owned.Name == thing).Otherwise;
                Assert.Equal(
                    $"{type.Name} of {kind}: {expected}", $"{type.Name} of {kind}: {Assert.IsType<Refused>(first).Name}");
                AssertSameBytes(first, await SendAsync(kind, row, absent), $"{type.Name} of {kind}");
                Assert.True(_world.Head == head, $"{type.Name} of {kind} changed the journal.");
            }
        }
    }

    [Fact]
    public async Task Each_principal_sees_its_own_accounts_alone()
    {
        var head = _world.Head;
        Assert.Empty((await _world.Stranger(SessionKinds.Buyer).AskAsync<Balances>(new GetBalances())).Accounts);
        Assert.Empty((await _world.Stranger(SessionKinds.Seller).AskAsync<Balances>(new GetBalances())).Accounts);
        Assert.Equal(head, _world.Head);
    }

    private static Enum ExpectedOf(AuthorisationRule row, SessionKinds kind) =>
        (row.Senders & ~SessionKinds.Unproven) == SessionKinds.None ? GatewayRefusal.MessageTypeUnknown
        : kind == SessionKinds.Unregistered ? EnrolmentRefusal.AgentNotRegistered
        : kind == SessionKinds.Principal ? ApprovalRefusal.NotForPrincipals
        : (row.Senders & SessionKinds.Agent) == SessionKinds.None ? ApprovalRefusal.OnlyForPrincipals
        : EnrolmentRefusal.WrongRole;

    private static void AssertSameBytes(object first, object second, string what) => Assert.True(
        WireCatalog.EncodeTagged(first).AsSpan().SequenceEqual(WireCatalog.EncodeTagged(second)),
        $"{what}: {first} and {second} differ.");

    private Task<object> AskAsync(SessionKinds kind, AuthorisationRule row, Things things) =>
        SendAsync(kind, row, SampleMessages.Of(row.Message, things, _world.Open.Id));

    private Task<object> SendAsync(SessionKinds kind, AuthorisationRule row, object message)
    {
        var agent = _world.Stranger(kind);
        return agent.AskAsync(row.MayBeSigned ? agent.Signed(message) : message);
    }
}
