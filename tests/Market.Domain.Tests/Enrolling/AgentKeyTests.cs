using Market.Domain.Enrolling;
using Market.Domain.Wire;
using Market.Testing;

namespace Market.Domain.Tests.Enrolling;

public sealed class AgentKeyTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly AgentNumber Shopper = new(1);
    private static readonly AgentNumber Second = new(2);
    private static readonly AgentNumber Stranger = new(3);
    private static readonly PrincipalNumber Alice = new(1);

    private static readonly Dictionary<AgentKeyRefusal, Func<AgentKeyTests, AgentKeyDecision>> Scenarios = new()
    {
        [AgentKeyRefusal.AgentUnknown] = t => t.Decide(new RevokeAgentKey(
            new KeyAsker(new PrincipalNumber(2), Stranger), Shopper, Print(1), KeyRevocationReason.Lost)),
        [AgentKeyRefusal.AgentKeyUnknown] = t => t.Decide(Rotate(10, by: 1, replaces: 3)),
        [AgentKeyRefusal.AgentKeyIsTaken] = t => t.Decide(Rotate(3, by: 1)),
        [AgentKeyRefusal.AgentKeyDocumentIsInvalid] =
            t => t.Decide(Rotate(10, by: 1) with { Document = new byte[] { 0x90 } }),
        [AgentKeyRefusal.AgentKeyNotAuthorized] = t => t.Decide(Rotate(10, by: 3, replaces: 1)),
        [AgentKeyRefusal.AgentKeyDocumentHasExpired] = t => t.Decide(Rotate(10, by: 1, expiresIn: TimeSpan.Zero)),
        [AgentKeyRefusal.OverlapOutOfRange] =
            t => t.Decide(Rotate(10, by: 1, overlap: AgentKeyDocument.OverlapMax + TimeSpan.FromTicks(1))),
        [AgentKeyRefusal.TooManyAgentKeys] = t => t.DecideAfterMany(),
    };

    private readonly DirectoryState _state = new(startingBalance: null);
    private LedgerTime _now = Some.Noon;

    public AgentKeyTests()
    {
        Register(key: 1, "alice", signer: 1);
        Register(key: 2, "alice", signer: 1);
        Register(key: 3, "bob", signer: 3);
    }

    /// <summary>Those of the directory's rules. The others the gateway gives.</summary>
    public static TheoryData<AgentKeyRefusal> Refusals => new(Enum.GetValues<AgentKeyRefusal>().Except(
    [
        AgentKeyRefusal.KeyRevoked, AgentKeyRefusal.KeyHasEnded, AgentKeyRefusal.AgentKeyProofIsWrong,
        AgentKeyRefusal.TooManyWrongSignatures,
    ]));

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_is_produced_and_changes_nothing(AgentKeyRefusal refusal)
    {
        Assert.True(Scenarios.TryGetValue(refusal, out var scenario), $"No scenario produces {refusal}.");
        Assert.Equal(new AgentKeyDecision(null, refusal), scenario(this));
    }

    [Fact]
    public void Both_keys_are_good_until_the_overlap_is_over_and_never_after()
    {
        Take(Rotate(10, by: 1, overlap: Day));
        Assert.True(_state.AgentKeys.IsLive(Shopper, Print(1)));
        Assert.True(_state.AgentKeys.IsLive(Shopper, Print(10)));
        Assert.Equal(Print(10), _state.Find(Shopper)!.KeyThumbprint);

        var end = _state.AgentKeys.Due!.Value;
        Assert.Null(AgentKeyRules.DecideEnd(_state, new LedgerTime(end.Ticks - 1)));
        _state.Apply(AgentKeyRules.DecideEnd(_state, end)!);
        Assert.False(_state.AgentKeys.IsLive(Shopper, Print(1)));
        Assert.True(_state.AgentKeys.IsLive(Shopper, Print(10)));
        Assert.Null(_state.AgentKeys.Due);
    }

    [Fact]
    public void Without_an_overlap_the_key_before_ends_with_the_same_event()
    {
        Take(Rotate(10, by: 1, overlap: TimeSpan.Zero));
        Assert.False(_state.AgentKeys.IsLive(Shopper, Print(1)));
        Assert.Null(_state.AgentKeys.Due);
    }

    [Fact]
    public void A_key_that_ends_already_does_not_live_longer_by_being_replaced_again()
    {
        Take(Rotate(10, by: 1, overlap: Day));
        var end = _state.AgentKeys.Due;
        Take(Rotate(11, by: 1, overlap: 3 * Day));
        Assert.Equal(end, _state.AgentKeys.Due);
    }

    [Fact]
    public void The_same_document_again_is_the_same_key()
    {
        var command = Rotate(10, by: 1);
        Take(command);
        var again = Decide(command);
        Assert.Null(again.Event);
        Assert.Equal((Shopper, Print(10)), (again.Agent, again.Key!.Thumbprint));
    }

    [Fact]
    public void An_agent_cannot_add_a_key_without_giving_one_up_and_its_principal_can()
    {
        Assert.Equal(
            AgentKeyRefusal.AgentKeyNotAuthorized, Decide(Rotate(10, by: 2, agent: 2, replaces: null)).Refusal);
        Take(Rotate(10, by: 1, agent: 2, replaces: null));
        Assert.True(_state.AgentKeys.IsLive(Second, Print(2)));
        Assert.True(_state.AgentKeys.IsLive(Second, Print(10)));
    }

    [Fact]
    public void An_agent_out_of_keys_comes_back_by_its_principals_word_only()
    {
        Take(Revoke(new KeyAsker(Alice, Second), Second, key: 2));
        Assert.DoesNotContain(_state.AgentKeys.Of(Second), key => key.IsLive);
        Assert.Equal(AgentKeyRefusal.AgentKeyUnknown, Decide(Rotate(10, by: 2, agent: 2)).Refusal);

        Take(Rotate(10, by: 1, agent: 2, replaces: null));
        Assert.True(_state.AgentKeys.IsLive(Second, Print(10)));
        Assert.Equal(AgentKeyRefusal.AgentKeyIsTaken, Decide(Rotate(2, by: 1, agent: 1)).Refusal);
    }

    [Fact]
    public void A_key_is_taken_back_by_its_agent_or_its_principal_and_by_nobody_else()
    {
        Assert.Equal(
            AgentKeyRefusal.AgentUnknown, Decide(Revoke(new KeyAsker(Alice, Second), Shopper, key: 1)).Refusal);
        var revoked = Assert.IsType<AgentKeyRevoked>(
            Decide(Revoke(new KeyAsker(Alice, Shopper), Second, key: 2)).Event);
        Assert.True(revoked.ByPrincipal);

        _state.Apply(new PrincipalKeyEnrolled(_now, Alice, new byte[] { 9 }, 1, new byte[64], default));
        Assert.Equal(
            AgentKeyRefusal.AgentUnknown, Decide(Revoke(new KeyAsker(Alice, Shopper), Second, key: 2)).Refusal);
        Assert.NotNull(Decide(Revoke(new KeyAsker(Alice, AgentNumber.None), Second, key: 2)).Event);
    }

    [Fact]
    public void A_key_taken_back_stays_as_it_was_when_it_is_taken_back_again()
    {
        var revoke = Revoke(new KeyAsker(Alice, Shopper), Shopper, key: 1);
        Take(revoke);
        var again = Decide(revoke with { Reason = KeyRevocationReason.Lost });
        Assert.Null(again.Event);
        Assert.Equal(KeyRevocationReason.Compromised, again.Key!.Revoked);
    }

    [Fact]
    public void The_next_deadline_after_an_event_is_the_one_that_folding_it_gives()
    {
        foreach (var command in new[] { Rotate(10, 1, overlap: Day), Rotate(11, 10, overlap: TimeSpan.Zero),
            Rotate(12, 11, overlap: 2 * Day), Rotate(13, 12, overlap: Day / 2) })
        {
            var @event = (AgentKeyEnrolled)Decide(command).Event!;
            var due = _state.AgentKeys.DueAfter(@event);
            _state.Apply(@event);
            Assert.Equal(due, _state.AgentKeys.Due);
        }

        var revoked = (AgentKeyRevoked)Decide(Revoke(new KeyAsker(Alice, Shopper), Shopper, key: 12)).Event!;
        var after = _state.AgentKeys.DueAfter(revoked);
        _state.Apply(revoked);
        Assert.Equal(after, _state.AgentKeys.Due);
        Assert.NotNull(after);
    }

    private static Hash256 Print(byte key) => Hash256.Of([key]);

    private static RevokeAgentKey Revoke(KeyAsker asker, AgentNumber agent, byte key) =>
        new(asker, agent, Print(key), KeyRevocationReason.Compromised);

    /// <summary>A new key of an agent, which a key authorizes that it replaces, unless told otherwise.</summary>
    private static EnrolAgentKey Rotate(
        byte key, byte by, int agent = 1, int? replaces = -1, TimeSpan? overlap = null, TimeSpan? expiresIn = null)
    {
        var replaced = replaces is -1 ? Print(by) : replaces is { } other ? Print((byte)other) : (Hash256?)null;
        return new EnrolAgentKey(
            WireFormat.Encode(new AgentKeyDocument(
                new AgentNumber(agent), new[] { key }, replaced, overlap ?? Day,
                Some.Noon + (expiresIn ?? TimeSpan.FromDays(30)))),
            new byte[64], new byte[64], Print(by));
    }

    private AgentKeyDecision DecideAfterMany()
    {
        for (byte key = 10; key < 10 + AgentKeyRules.LiveKeysMax - 1; key++)
        {
            Take(Rotate(key, by: 1));
        }

        return Decide(Rotate(20, by: 1));
    }

    private AgentKeyDecision Decide(EnrolAgentKey command) => AgentKeyRules.Decide(_state, command, _now);

    private AgentKeyDecision Decide(RevokeAgentKey command) => AgentKeyRules.Decide(_state, command, _now);

    private void Take(EnrolAgentKey command)
    {
        _now = LedgerTime.After(_state.LastTime, _now);
        _state.Apply((AgentKeyEnrolled)Decide(command).Event!);
    }

    private void Take(RevokeAgentKey command)
    {
        _now = LedgerTime.After(_state.LastTime, _now);
        _state.Apply((AgentKeyRevoked)Decide(command).Event!);
    }

    private void Register(byte key, string principal, byte signer)
    {
        var profile = new AgentProfile("agent", principal, AgentRole.Buyer, new Disclosure("op", "model", "1"));
        var document = new Enrolment(Print(key), profile, Some.Noon, Some.Noon + 30 * Day);
        var command = new EnrolAgent(
            new[] { key }, profile, new SignedEnrolment(WireFormat.Encode(document), new[] { signer }, new byte[64]));
        _now = LedgerTime.After(_state.LastTime, _now);
        _state.Apply(DirectoryRules.Decide(_state, command, _now).Event!);
    }
}
