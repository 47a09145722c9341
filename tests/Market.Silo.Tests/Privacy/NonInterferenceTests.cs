using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Domain.Wire.Messages;
using Market.Testing;
using Xunit.Abstractions;

namespace Market.Silo.Tests.Privacy;

/// <summary>
/// INV-20 over all messages and protocols: of two runs in which one side's private limits, caps, balance or threshold
/// differ while it sends the same acts, the other side gets the same frames, byte for byte and in the same number.
/// </summary>
public sealed class NonInterferenceTests(ITestOutputHelper output)
{
    private const int Length = 60;

    /// <summary>
    /// Acts that one of the two worlds refuses are left out of both: a refusal to the owner counts as no act.
    /// </summary>
    [Theory]
    [InlineData(Party.Buyer, 1)]
    [InlineData(Party.Seller, 101)]
    public async Task The_other_side_sees_the_same_bytes_in_both_worlds(Party owner, int firstSeed)
    {
        var sometimes = new Sometimes(
            "an act was left out", "a deal settled", "a tender was revealed", "its owner saw the difference",
            "the ledger refused one world's deal");
        for (var seed = firstSeed; seed < firstSeed + 30; seed++)
        {
            var random = new Random(seed);
            var script = PrivacyStep.Script(random, Length);
            var (one, other) = (PrivateThings.Random(random), PrivateThings.Random(random));
            var leftOut = new HashSet<int>();
            PrivacyRun first, second;
            while (true)
            {
                first = await PlayAsync(script, owner, one, leftOut: leftOut);
                second = await PlayAsync(script, owner, other, leftOut: leftOut);
                if (first.FirstRefusalUnlike(second, script, owner) is not { } step)
                {
                    break;
                }

                leftOut.Add(step);
            }

            sometimes.Reached("an act was left out", leftOut.Count > 0);
            AssertAlike(first, second, owner, $"seed {seed}", sometimes);
        }

        sometimes.RequireAll();
    }

    /// <summary>Where nothing is refused early, what differs is for the ledger to find.</summary>
    [Theory]
    [InlineData(Party.Buyer, 201)]
    [InlineData(Party.Seller, 301)]
    public async Task What_the_ledger_refuses_the_other_side_learns_as_one_thing(Party owner, int firstSeed)
    {
        var sometimes = new Sometimes(
            "a deal settled", "a tender was revealed", "its owner saw the difference",
            "the ledger refused one world's deal");
        for (var seed = firstSeed; seed < firstSeed + 20; seed++)
        {
            var random = new Random(seed);
            var script = PrivacyStep.Script(random, Length);
            var (one, other) = (PrivateThings.Random(random), PrivateThings.Random(random));
            var first = await PlayAsync(script, owner, one, refusesEarly: false);
            var second = await PlayAsync(script, owner, other, refusesEarly: false);
            AssertAlike(first, second, owner, $"seed {seed}", sometimes);
        }

        sometimes.RequireAll();
    }

    /// <summary>Every cause of a failed deal on the buyer's side is the same sight to the seller.</summary>
    [Fact]
    public async Task No_cause_of_a_failed_deal_can_be_told_from_another()
    {
        PrivateThings[] worlds =
        [
            PrivateThings.Ample with { Balance = 1 },
            PrivateThings.Ample with { PerDealMax = 1 },
            PrivateThings.Ample with { BudgetMax = 1, PerDealMax = 1 },
            PrivateThings.Ample with { ApprovalAbove = 0 },
        ];
        var failed = 0;
        for (var seed = 401; seed <= 408; seed++)
        {
            var script = PrivacyStep.Script(new Random(seed), Length);
            var seen = new List<IReadOnlyList<SeenFrame>>();
            foreach (var world in worlds)
            {
                seen.Add((await PlayAsync(script, Party.Buyer, world, refusesEarly: false)).Seller);
            }

            Assert.All(seen, frames => Assert.Equal(seen[0], frames));
            output.WriteLine($"seed {seed}: {seen[0].Count} frames");
            failed += seen[0].Count(static frame => Failure(frame) is not null);
        }

        Assert.True(failed >= 5, $"Only {failed} deals failed.");
    }

    /// <summary>What is compared is all that there is: no event and no kind of answer is missing.</summary>
    [Fact]
    public async Task The_scripts_reach_every_event_of_a_negotiation_and_of_a_tender()
    {
        var seen = new HashSet<Type>();
        for (var seed = 701; seed <= 730; seed++)
        {
            var script = PrivacyStep.Script(new Random(seed), 4 * Length);
            var poor = PrivateThings.Ample with
            {
                Balance = 300_00,
                ApprovalAbove = seed % 2 == 0 ? 50_00 : null,
            };
            var run = await PlayAsync(script, Party.Buyer, poor, refusesEarly: seed % 3 != 0);
            seen.UnionWith(run.Buyer.Concat(run.Seller).Select(
                static f => f.Message switch
                {
                    EventNotice notice => notice.Event.GetType(),
                    AgentNotice notice => notice.Event.GetType(),
                    var message => message.GetType(),
                }));
        }

        var events = typeof(NegotiationEvent).Assembly.GetTypes()
            .Where(static type => type.IsSubclassOf(typeof(NegotiationEvent)));
        Assert.Empty(events.Except(seen));
        Type[] answers =
        [
            typeof(ActRecorded), typeof(Refused), typeof(Balances), typeof(MandateState), typeof(ListingsFound),
            typeof(TenderView), typeof(TendersFound), typeof(BidRecorded), typeof(TenderRecorded),
            typeof(BidHashesPage), typeof(SellerInvited), typeof(TenderRevealed), typeof(TenderClosed),
            typeof(TenderCancelled), typeof(ApprovalAsked), typeof(ApprovalsListed),
        ];
        Assert.Empty(answers.Except(seen));
    }

    /// <summary>A world with an act that is refused to its owner is a world without that act.</summary>
    [Theory]
    [InlineData(Party.Buyer, 501)]
    [InlineData(Party.Seller, 601)]
    public async Task A_refusal_to_the_owner_is_no_act_to_the_other(Party owner, int firstSeed)
    {
        var refusals = 0;
        for (var seed = firstSeed; seed < firstSeed + 12; seed++)
        {
            var random = new Random(seed);
            var script = PrivacyStep.Script(random, Length);
            var things = PrivateThings.Random(random);
            var with = await PlayAsync(script, owner, things);
            var refused = Enumerable.Range(0, Length)
                .Where(i => script[i].By == owner && with.IsRefused[i]).ToHashSet();
            var without = await PlayAsync(script, owner, things, leftOut: refused);

            var viewer = owner.Counterparty();
            Assert.True(with.SeenBy(viewer).SequenceEqual(without.SeenBy(viewer)), $"seed {seed}");
            refusals += refused.Count;
        }

        Assert.True(refusals > 20, $"Only {refusals} acts were refused.");
    }

    private static Task<PrivacyRun> PlayAsync(
        PrivacyStep[] script,
        Party owner,
        PrivateThings things,
        bool refusesEarly = true,
        IReadOnlySet<int>? leftOut = null) => PrivacyPlay.PlayAsync(
            script,
            owner == Party.Buyer ? things : PrivateThings.Ample,
            owner == Party.Seller ? things : PrivateThings.Ample,
            refusesEarly,
            leftOut);

    /// <summary>
    /// Frame by frame the same, up to a deal that one world could settle and the other could not: there the other side
    /// learns that the counterparty could not settle, and from there on it lives in another world.
    /// </summary>
    private static void AssertAlike(PrivacyRun first, PrivacyRun second, Party owner, string where, Sometimes sometimes)
    {
        var viewer = owner.Counterparty();
        var (one, other) = (first.SeenBy(viewer), second.SeenBy(viewer));
        sometimes.Reached("its owner saw the difference", !first.SeenBy(owner).SequenceEqual(second.SeenBy(owner)));
        sometimes.Reached("a deal settled", one.Any(static f => f.Message is EventNotice { Event: DealSettled }));
        sometimes.Reached(
            "a tender was revealed", one.Any(static f => f.Message is AgentNotice { Event: TenderRevealed }));
        var same = one.Zip(other).TakeWhile(static pair => pair.First.Equals(pair.Second)).Count();
        if (same == one.Count && same == other.Count)
        {
            return;
        }

        // Of all that follows from the step that settled or failed, the order is that of the streams.
        Assert.True(same < one.Count && same < other.Count, $"{where}: {one.Count} frames against {other.Count}.");
        var step = one[same].Step;
        SeenFrame[] ended = [.. one.Concat(other).Where(frame => frame.Step == step)];
        Assert.True(
            other[same].Step == step
            && ended.Count(static frame => frame.Message is EventNotice { Event: DealSettled }) == 1
            && ended.Select(Failure).OfType<SettlementFailure>().SequenceEqual([Unspecific(viewer)]),
            $"{where}: the {viewer} can tell the worlds apart by {one[same]} and {other[same]}.");
        sometimes.Reached("the ledger refused one world's deal", true);
    }

    private static SettlementFailure Unspecific(Party viewer) => viewer == Party.Buyer
        ? new SettlementFailure(SettlementFailure.CounterpartyCouldNotSettle, 0)
        : new SettlementFailure(0, SettlementFailure.CounterpartyCouldNotSettle);

    private static SettlementFailure? Failure(SeenFrame frame) =>
        frame.Message is EventNotice { Event: DealNotSettled failed } ? failed.Failure : null;
}
