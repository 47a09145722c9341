using Market.Domain;
using Market.Domain.Negotiating;
using Market.Domain.Tendering;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Tests.Privacy;

/// <summary>
/// Plays a script in a world. What a side does follows from the script and from what both sides know alone: so the
/// same script is the same acts, for as long as both sides see the same.
/// </summary>
internal sealed partial class PrivacyPlay(PrivacyWorld world, IReadOnlyList<PrivacyStep> script)
{
    private readonly Dictionary<Party, List<SeenFrame>> _seen = new() { [Party.Buyer] = [], [Party.Seller] = [] };
    private readonly NegotiationId?[] _slots = new NegotiationId?[PrivacyStep.Slots];
    private readonly TenderId?[] _tenders = new TenderId?[PrivacyStep.Tenders];
    private readonly bool[] _isRefused = new bool[script.Count];

    /// <summary>Plays a script, some of its steps left out.</summary>
    public static async Task<PrivacyRun> PlayAsync(
        IReadOnlyList<PrivacyStep> script,
        PrivateThings buyer,
        PrivateThings seller,
        bool refusesEarly = true,
        IReadOnlySet<int>? leftOut = null)
    {
        await using var world = await PrivacyWorld.OpenAsync(buyer, seller, refusesEarly);
        return await new PrivacyPlay(world, script).RunAsync(leftOut);
    }

    private async Task<PrivacyRun> RunAsync(IReadOnlySet<int>? leftOut)
    {
        for (var i = 0; i < script.Count; i++)
        {
            await world.WaitAsync(TimeSpan.FromSeconds(1));
            var message = world.NextMessage();
            if (leftOut?.Contains(i) != true)
            {
                await DoAsync(i, script[i], message);
            }

            await LookAsync(i);
        }

        return new PrivacyRun(_seen[Party.Buyer], _seen[Party.Seller], _isRefused);
    }

    private async Task DoAsync(int place, PrivacyStep step, MessageId message)
    {
        if (step.Attempt == PrivacyAttempt.Wait)
        {
            await world.WaitAsync(TimeSpan.FromMinutes(step.Bend % 7));
            return;
        }

        if (step.Attempt == PrivacyAttempt.AnswerApproval)
        {
            // An answer to the principal is none to its agent.
            _isRefused[place] = await world.AnswerApprovalAsync(step.By, message, step.Bend % 5 != 0) is Refused;
            return;
        }

        if (await MessageOfAsync(step, message) is not { } asked)
        {
            return; // nothing to act upon
        }

        var answer = await world.AskAsync(step.By, asked);
        _isRefused[place] = answer is Refused;
        Note(step, answer);
        See(place, step.By, answer);
    }

    private async Task LookAsync(int place)
    {
        foreach (var (viewer, notice) in await world.NewEventsAsync())
        {
            See(place, viewer, notice);
        }
    }

    private void See(int place, Party viewer, object message) => _seen[viewer].Add(
        new SeenFrame(place, message, Convert.ToHexString(WireCatalog.EncodeTagged(message))));

    private void Note(PrivacyStep step, object answer)
    {
        switch (answer)
        {
            case ActRecorded recorded when step.Attempt is
                PrivacyAttempt.Open or PrivacyAttempt.Invite or PrivacyAttempt.BuyNow:
                _slots[step.Slot] = recorded.Negotiation;
                break;
            case TenderRecorded recorded when step.Attempt == PrivacyAttempt.Call:
                _tenders[step.Slot % PrivacyStep.Tenders] = recorded.Tender;
                break;
            case BidsWereChosen chosen:
                _slots[step.Slot] = chosen.Chosen[0].Negotiation;
                break;
        }
    }

    private async Task<object?> MessageOfAsync(PrivacyStep step, MessageId message)
    {
        if (step.Attempt is >= PrivacyAttempt.Call and <= PrivacyAttempt.LookAtTender)
        {
            var known = _tenders[step.Slot % PrivacyStep.Tenders];
            var tender = known is { } call ? await world.StateOfAsync(call) : null;
            return TenderMessageOf(step, message, tender);
        }

        var state = _slots[step.Slot] is { } id ? await world.StateOfAsync(id) : null;
        return MessageOf(step, message, state);
    }

    /// <summary>Where a negotiation goes on, an opening is an offer in it.</summary>
    private object? MessageOf(PrivacyStep step, MessageId message, NegotiationState? state) => step.Attempt switch
    {
        PrivacyAttempt.LookAtMoney => new GetBalances(),
        PrivacyAttempt.LookAtMandate => new GetMandate(world.Mandates[step.By]),
        PrivacyAttempt.Search => new SearchListings("machine", null, [], []),
        PrivacyAttempt.LookAtApprovals => new ListApprovals(OnlyPending: step.Bend % 2 == 0),
        PrivacyAttempt.AskApproval => state is null ? null : new RequestApproval(
            message, state.Id, TimeSpan.FromMinutes(10), state.Standing?.Number,
            step.Bend % 3 == 0 ? OfferOf(step).Terms : null),
        PrivacyAttempt.Open or PrivacyAttempt.Invite or PrivacyAttempt.BuyNow when state is not { IsLive: true } =>
            OpeningOf(step, message),
        _ => state is null ? null : ActOf(step, message, state),
    };

    private OpenNegotiation OpeningOf(PrivacyStep step, MessageId message)
    {
        var isPurchase = step.Attempt == PrivacyAttempt.BuyNow;
        return new OpenNegotiation(
            message,
            world.Listing.Id,
            world.Listing.Version,
            [new OrderLine(0, 1)],
            step.Bend % 3 == 0 ? null : world.Request,
            world.Mandates[Party.Buyer],
            isPurchase ? Protocol.PostedPrice : Protocol.Bilateral,
            RoundsMax: 3 + (step.Bend % 5),
            TimeSpan.FromMinutes(5 + (step.Bend % 30)),
            step.Attempt == PrivacyAttempt.Invite ? null
                : isPurchase ? ProposedOffer.Firm(TermsOf(80_00, 1))
                : OfferOf(step with { Attempt = PrivacyAttempt.OfferPart }),
            ImpasseAfter: step.Bend % 4 == 0 ? 1 : 0);
    }

    private static NegotiationAct ActOf(PrivacyStep step, MessageId message, NegotiationState state)
    {
        var (id, seq, number) = (state.Id, state.Seq, state.Standing?.Number ?? 1);
        return step.Attempt switch
        {
            PrivacyAttempt.Accept or PrivacyAttempt.AcceptPart => new AcceptOffer(
                message, id, seq, number, state.Standing?.Hash ?? default,
                step.Attempt == PrivacyAttempt.AcceptPart ? 1 + (step.Bend % 5) : null),
            PrivacyAttempt.Withdraw => new WithdrawOffer(message, id, seq, number),
            PrivacyAttempt.Reject => new RejectOffer(message, id, seq, number, ReasonCode.Price),
            PrivacyAttempt.Leave => new LeaveNegotiation(message, id, seq, ReasonCode.FoundElsewhere),
            PrivacyAttempt.Join => new JoinNegotiation(message, id, seq),
            PrivacyAttempt.Inquire => new Inquire(message, id, seq, $"Question {step.Bend}?", "quantity"),
            PrivacyAttempt.Inform => new Inform(
                message, id, seq, null, [new IssueValue("quantity", 1 + (step.Bend % 5))], $"Answer {step.Bend}."),
            _ => new MakeOffer(message, id, seq, OfferOf(step)),
        };
    }

    private static ProposedOffer OfferOf(PrivacyStep step) => new(
        step.Bend % 2 == 1 ? TermsOf(60_00, 2) : TermsOf(20_00 + (step.Bend * 50), 1 + (step.Bend % 5)),
        step.Attempt == PrivacyAttempt.Invest ? OfferBinding.Indicative : OfferBinding.Firm,
        TimeSpan.FromMinutes(2 + (step.Bend % 9)),
        Irrevocable: step.Bend % 7 == 0,
        IsFinal: step.Attempt == PrivacyAttempt.OfferLast,
        PartialFrom: step.Attempt == PrivacyAttempt.OfferPart ? 1 : null);

    private static Terms TermsOf(long unitPrice, long quantity) =>
        new(Outcome.Of(unitPrice, quantity), unitPrice * quantity);
}
