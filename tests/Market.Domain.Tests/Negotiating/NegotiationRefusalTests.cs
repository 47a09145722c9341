using Market.Domain.Enrolling;
using Market.Domain.Negotiating;
using Market.Testing;
using static Market.Domain.Negotiating.NegotiationRefusal;

namespace Market.Domain.Tests.Negotiating;

/// <summary>
/// Every refusal of a negotiation has a scenario that produces it, and leaves the negotiation as it was.
/// </summary>
public sealed class NegotiationRefusalTests
{
    private static readonly Dictionary<NegotiationRefusal, Scenario> Scenarios = new()
    {
        [NegotiationNotFound] = new(b => b.Offer(Party.Seller, 90_00) with { From = Some.StrangerAgent }),
        [MessageIdReused] = new(b => Some.Opening() with { Digest = Some.Digest(99) }),
        [MessageIdTooOld] = new(b => Named(b, Some.Message(1, Some.Noon + TimeSpan.FromDays(-8)))),
        [MessageIdFromTheFuture] = new(b => Named(b, Some.Message(1, Some.Noon + TimeSpan.FromMinutes(6)))),
        [NegotiationHasEnded] = new(b => b.Leave(Party.Seller), b => b.Do(b.Reject(Party.Seller))),
        [NegotiationHasExpired] = new(
            b => b.Leave(Party.Seller), b => b.Wait(TimeSpan.FromMinutes(10)), MayExpire: true),
        [OfferAlreadyAccepted] = new(b => b.Leave(Party.Buyer), b => b.Do(b.Accept(Party.Seller))),
        [SeqIsStale] = new(b => Named(b, seq: b.State.Seq - 1)),
        [NotYourTurn] = new(b => b.Offer(Party.Buyer, 61_00)),
        [OfferSuperseded] = new(b => Accept(b, Party.Buyer, number: 1), b => b.Do(b.Offer(Party.Seller, 90_00))),
        [OfferNotStanding] = new(b => Accept(b, Party.Seller, number: 1), b => b.Do(b.Withdraw(Party.Buyer))),
        [OfferHasExpired] = new(b => b.Accept(Party.Seller), b => b.Wait(TimeSpan.FromMinutes(5)), MayExpire: true),
        [OfferIsIndicative] = new(
            b => b.Accept(Party.Buyer), b => b.Do(b.Offer(Party.Seller, ProposedOffer.Indicative(Some.Terms(90_00))))),
        [OfferIsIrrevocable] = new(
            b => b.Leave(Party.Seller), b => b.Do(b.Offer(Party.Seller, Some.Offer() with { Irrevocable = true }))),
        [OfferIsYourOwn] = new(b => b.Accept(Party.Buyer)),
        [OfferIsNotYours] = new(b => b.Withdraw(Party.Seller)),
        [OfferHashDiffers] = new(b => Accept(b, Party.Seller, number: 1)),
        [RoundsAreExhausted] = new(
            b => b.Offer(Party.Buyer, 61_00),
            b => b.Do(b.Offer(Party.Seller, 90_00)),
            Some.Opening() with { Rules = Some.Rules(roundsMax: 1) }),
        [NotInvited] = new(b => b.Join(Party.Seller)),
        [OutcomeOutsideAgenda] = new(b => b.Offer(Party.Seller, Some.Offer(200_01))),
        [TotalDoesNotAddUp] = new(
            b => b.Offer(Party.Seller, ProposedOffer.Firm(Some.Terms(90_00) with { TotalMinorUnits = 90_01 }))),
        [ValidityOutOfRange] = new(b => b.Offer(Party.Seller, Some.Offer() with { ValidFor = TimeSpan.Zero })),
        [TermsAreNotPosted] = new(b => Some.Purchase() with { FirstOffer = Some.Offer(1) }, Opening: null),
        [AgendaIsInvalid] = new(b => About(new Agenda(Currency.Usd, [Issue.Range("days", 1, 5)])), Opening: null),
        [RoundsOutOfRange] = new(b => Under(Some.Rules() with { RoundsMax = 0 }), Opening: null),
        [DurationOutOfRange] = new(b => Under(Some.Rules() with { Duration = TimeSpan.Zero }), Opening: null),
        [PrincipalsAreTheSame] = new(
            b => Some.Opening() with { Seller = Some.Seller with { Principal = Some.Buyer.Principal } }, Opening: null),
        [FeeOutOfRange] = new(b => Under(Some.Rules() with { FeeBasisPoints = 10_001 }), Opening: null),
        [SignatureRequired] = new(b => b.Offer(Party.Seller, 90_00), null, Signed),
        [EvidenceNotVerified] = new(
            b => b.Accept(Party.Seller) with { Evidence = Some.Evidence(Some.SellerAgent) }, null, Signed),
        [SessionKeyOutOfBounds] = new(
            b => b.Offer(Party.Seller, 90_00) with
            {
                Evidence = Some.Evidence(Some.SellerAgent) with { SessionKey = new SessionKeyId(Some.Mandate.Value) },
            },
            null,
            Signed),
        [ImpasseOutOfRange] = new(b => Under(Some.Rules() with { ImpasseAfter = 13 }), Opening: null),
        [FinalOfferMade] = new(
            b => b.Offer(Party.Buyer, 61_00),
            b => b.Do(b.Offer(Party.Seller, 90_00)),
            Some.Opening() with { FirstOffer = Some.Offer() with { IsFinal = true } }),
        [PartialNotPossible] = new(b => b.Offer(Party.Seller, Some.Offer() with { PartialFrom = 1 })),
        [QuantityNotOffered] = new(
            b => b.Act(Party.Seller, m => new AcceptOffer(m, b.State.Id, 1, 1, b.State.Standing!.Hash, Quantity: 2))),
        [MessagesAreExhausted] = new(
            b => b.Inquire(Party.Seller, "once more?"),
            b =>
            {
                for (var i = 0; i < MarketLimits.MessagesMax; i++)
                {
                    b.Do(b.Inquire(Party.Seller, "?"));
                }
            }),
        [TextIsInvalid] = new(b => b.Inquire(Party.Seller, "bell \a")),
        [IssueUnknown] = new(b => b.Inquire(Party.Seller, null, "colour")),
        [ValueOutsideIssue] = new(b => b.Inform(Party.Seller, null, new IssueValue("delivery days", 11))),
        [MessageIsEmpty] = new(b => b.Inform(Party.Seller, " ")),
        [InquiryUnknown] = new(
            b => b.Act(Party.Seller, m => new Inform(m, b.State.Id, 2, InReplyTo: 2, [], "yes")),
            b => b.Do(b.Inquire(Party.Seller, "an own one?"))),
    };

    /// <summary>Those of a negotiation. How many an agent has, the gateway counts.</summary>
    public static TheoryData<NegotiationRefusal> Refusals =>
        new(Enum.GetValues<NegotiationRefusal>().Except([TooManyOpenNegotiations]));

    private static OpenNegotiationCommand Signed => Some.Opening() with
    {
        Rules = Some.Rules(signaturesRequired: true),
        Evidence = Some.Evidence(Some.BuyerAgent),
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_is_produced_and_changes_nothing(NegotiationRefusal refusal)
    {
        Assert.True(Scenarios.TryGetValue(refusal, out var scenario), $"No scenario produces {refusal}.");
        var bench = scenario.Opening is { } opening ? NegotiationBench.Opened(opening) : new NegotiationBench();
        scenario.Before?.Invoke(bench);
        var seq = bench.State.Seq;

        var decision = bench.Do(scenario.Command(bench));

        Assert.Equal(refusal, decision.Refusal);
        Assert.Null(decision.Answer);
        Assert.Equal(scenario.MayExpire ? seq + 1 : seq, bench.State.Seq);
    }

    [Fact]
    public void A_refused_act_binds_nothing_and_its_id_may_be_used_by_another()
    {
        var bench = NegotiationBench.Opened();
        var refused = bench.Offer(Party.Seller, Some.Offer(200_01));
        Assert.Equal(OutcomeOutsideAgenda, bench.RefusalOf(refused));

        var other = bench.Offer(Party.Seller, 90_00);
        var decision = bench.Do(other with { Act = other.Act with { Message = refused.Act.Message } });

        Assert.IsType<OfferMade>(decision.Event);
    }

    [Fact]
    public void An_act_that_names_another_negotiation_is_a_strangers_act()
    {
        var bench = NegotiationBench.Opened();
        var act = bench.Offer(Party.Seller, 90_00);
        var misrouted = act with { Act = act.Act with { Negotiation = new NegotiationId(Guid.Empty) } };

        Assert.Equal(NegotiationNotFound, bench.RefusalOf(misrouted));
    }

    [Fact]
    public void The_other_sides_message_id_is_not_ones_own()
    {
        var bench = NegotiationBench.Opened();
        var act = bench.Offer(Party.Seller, 90_00);

        var decision = bench.Do(act with { Act = act.Act with { Message = Some.Opening().Message } });

        Assert.IsType<OfferMade>(decision.Event);
    }

    private static PerformAct Named(NegotiationBench bench, MessageId message) =>
        bench.Act(Party.Seller, _ => new MakeOffer(message, bench.State.Id, bench.State.Seq, Some.Offer()));

    private static PerformAct Named(NegotiationBench bench, long seq) =>
        bench.Act(Party.Seller, message => new MakeOffer(message, bench.State.Id, seq, Some.Offer()));

    private static PerformAct Accept(NegotiationBench bench, Party by, long number) =>
        bench.Act(by, message => new AcceptOffer(message, bench.State.Id, bench.State.Seq, number, default));

    private static OpenNegotiationCommand Under(NegotiationRules rules) => Some.Opening() with { Rules = rules };

    private static OpenNegotiationCommand About(Agenda agenda) =>
        Some.Opening() with { Subject = Some.Subject with { Agenda = agenda } };

    /// <summary>An opening (none where the command is one), what happens before, and the refused command.</summary>
    private sealed record Scenario(
        Func<NegotiationBench, NegotiationCommand> Command,
        Action<NegotiationBench>? Before,
        OpenNegotiationCommand? Opening,
        bool MayExpire = false)
    {
        public Scenario(
            Func<NegotiationBench, NegotiationCommand> command,
            Action<NegotiationBench>? before = null,
            bool MayExpire = false)
            : this(command, before, Some.Opening(), MayExpire)
        {
        }

        public Scenario(Func<NegotiationBench, NegotiationCommand> command, OpenNegotiationCommand? Opening)
            : this(command, null, Opening)
        {
        }
    }
}
