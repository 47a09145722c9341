using Market.Domain.Negotiating;
using Market.Testing;

namespace Market.Domain.Tests.Negotiating;

/// <summary>One command of a trial, with the state before and after it.</summary>
internal sealed record TrialStep(
    NegotiationCommand Command, LedgerTime Now, NegotiationDecision Decision, StateView Before, StateView After);

/// <summary>
/// Plays a script against the machine and records every step. The opening's shape comes from the script too, so that
/// invitations, first offers and purchases at the posted price all come up.
/// </summary>
internal sealed class Trial
{
    private readonly PrivateSide _buyer;
    private readonly PrivateSide _seller;
    private readonly List<PerformAct> _sent = [];
    private readonly List<TrialStep> _steps = [];
    private bool _isTalkative;
    private LedgerTime _clock = Some.Noon;

    private Trial(PrivateSide buyer, PrivateSide seller)
    {
        _buyer = buyer;
        _seller = seller;
    }

    public NegotiationState State { get; } = new(Some.Market);

    public IReadOnlyList<TrialStep> Steps => _steps;

    public IEnumerable<NegotiationEvent> Events =>
        _steps.Select(step => step.Decision.Event).OfType<NegotiationEvent>();

    public static Trial Of(Script script) => Of(script, PrivateSide.First, PrivateSide.First);

    public static Trial Of(Script script, PrivateSide buyer, PrivateSide seller)
    {
        var trial = new Trial(buyer, seller) { _isTalkative = script.Shape % 13 == 5 };
        trial.Do(trial.Opening(script.Shape));
        foreach (var move in script.Moves.Where(move => !move.IsSpared))
        {
            trial._clock += trial._isTalkative ? TimeSpan.Zero : move.Wait;
            trial.Play(move);
        }

        return trial;
    }

    /// <summary>Decides a command now, as an activation would, and records the step.</summary>
    public TrialStep Do(NegotiationCommand command)
    {
        var before = StateView.Of(State);
        var now = LedgerTime.After(State.LastTime, _clock);
        var decision = NegotiationMachine.Decide(State, command, now);
        Assert.Equal(before, StateView.Of(State));
        if (decision.Event is { } @event)
        {
            State.Apply(@event);
        }

        var step = new TrialStep(command, now, decision, before, StateView.Of(State));
        _steps.Add(step);
        return step;
    }

    /// <summary>Lets the clock reach a moment.</summary>
    public void WaitUntil(LedgerTime moment) => _clock = moment > _clock ? moment : _clock;

    private OpenNegotiationCommand Opening(int shape)
    {
        var opening = (shape % 5) switch
        {
            0 => Some.Invitation(),
            1 when shape % 3 == 1 => Some.Purchase(),
            _ => Some.Opening(),
        };
        var roundsMax = 1 + (shape % 7);
        return opening with
        {
            Subject = opening.FirstOffer is null && shape % 2 == 0 ? Some.BulkSubject : opening.Subject,
            Message = Some.Message(1 + _buyer.Salt, Some.Noon),
            Digest = Some.Digest(1 + _buyer.Salt),
            Buyer = Some.Buyer with { Mandate = _buyer.Mandate },
            Seller = Some.Seller with { Mandate = _seller.Mandate },
            Rules = opening.Rules with
            {
                RoundsMax = roundsMax,
                SignaturesRequired = shape % 4 == 0,
                ImpasseAfter = shape % 3 == 2 ? Math.Min(roundsMax, 1 + (shape % 2)) : 0,
            },
            Evidence = Some.Evidence(Some.BuyerAgent, _buyer.Salt),
        };
    }

    private void Play(Move move)
    {
        switch (move.Attempt)
        {
            case Attempt.PassTime:
                Do(PassTime.Instance);
                break;
            case Attempt.Cancel:
                Do(new CancelNegotiation((CancelReason)(2 + (move.Bend % 3))));
                break;
            case Attempt.AnswerSettlement:
                Do(SettlementAnswer(move));
                break;
            case Attempt.Retry when _sent.Count > 0:
                Do(_sent[move.Bend % _sent.Count]);
                break;
            case Attempt.ReuseMessageId when _sent.Count > 0:
                Do(_sent[move.Bend % _sent.Count] with { Digest = Some.Digest(-1) });
                break;
            default:
                var command = Command(move);
                _sent.Add(command);
                Do(command);
                break;
        }
    }

    private PerformAct Command(Move move)
    {
        var agent = move.By switch
        {
            Actor.Buyer => Some.BuyerAgent,
            Actor.Seller => Some.SellerAgent,
            Actor.Stranger => Some.StrangerAgent,
            _ => State.Turn == Party.Seller ? Some.SellerAgent : Some.BuyerAgent,
        };
        var salt = agent == Some.BuyerAgent ? _buyer.Salt : agent == Some.SellerAgent ? _seller.Salt : 0;
        var number = 100 + _sent.Count + salt;
        var evidence = move.IsBent(15) ? null : Some.Evidence(agent, number);
        var verified = move.IsBent(14) ? default : State.Standing?.Hash ?? default;
        var message = Some.Message(number, _clock);
        return new PerformAct(agent, Act(move, message), Some.Digest(number), evidence, verified);
    }

    private NegotiationAct Act(Move move, MessageId message)
    {
        var seq = move.IsBent(13) ? State.Seq - 1 : State.Seq;
        var number = (State.Standing?.Number ?? 1) + (move.IsBent(12) ? 1 : move.IsBent(11) ? -1 : 0);
        return move.Attempt switch
        {
            < Attempt.Join when _isTalkative && move.Bend % 16 != 0 =>
                Message(move, message, isInquiry: move.Bend % 2 == 0),
            Attempt.Inquire => Message(move, message, isInquiry: true),
            Attempt.Inform => Message(move, message, isInquiry: false),
            Attempt.Accept => new AcceptOffer(
                message, Some.Negotiation, seq, number, move.IsBent(10) ? default : State.Standing?.Hash ?? default,
                move.IsBent(9) || move.IsBent(8) || move.IsBent(7) ? 1 + (move.Bend >> 4) : null),
            Attempt.Withdraw => new WithdrawOffer(message, Some.Negotiation, seq, number),
            Attempt.Reject => new RejectOffer(message, Some.Negotiation, seq, number, ReasonCode.Price),
            Attempt.Leave => new LeaveNegotiation(message, Some.Negotiation, seq, ReasonCode.Other),
            Attempt.Join => new JoinNegotiation(message, Some.Negotiation, seq),
            _ => new MakeOffer(message, Some.Negotiation, seq, Proposal(move)),
        };
    }

    /// <summary>A message that is right in most ways, and at times about issues that there are not.</summary>
    private NegotiationAct Message(Move move, MessageId message, bool isInquiry)
    {
        var text = move.IsBent(12) ? "a\0b" : move.IsBent(11) ? null : $"words {move.Bend}";
        var issue = move.IsBent(10) ? "colour" : "delivery days";
        return isInquiry
            ? new Inquire(message, Some.Negotiation, State.Seq, text, move.IsBent(11) ? null : issue)
            : new Inform(
                message,
                Some.Negotiation,
                State.Seq,
                move.IsBent(9) ? State.Seq + 1 : move.IsBent(8) ? State.Seq : null,
                move.IsBent(11) ? [] : [new IssueValue(issue, move.IsBent(7) ? 99 : 5)],
                text);
    }

    /// <summary>Some terms; where there may be an impasse, half of the time those that the side offered last.</summary>
    private ProposedOffer Proposal(Move move)
    {
        var isBulk = State.Subject?.Agenda == Some.BulkSubject.Agenda;
        var isStubborn = State.Rules is { ImpasseAfter: > 0 } && move.Bend % 2 == 0;
        var price = move.IsBent(9) ? 0 : isStubborn ? 10_00 : 10_00 + move.Bend;
        var terms = isBulk ? Some.BulkTerms(price, isStubborn ? 5 : 1 + (move.Bend % 20)) : Some.Terms(price);
        return new ProposedOffer(
            move.IsBent(8) ? terms with { TotalMinorUnits = 1 } : terms,
            move.IsBent(7) ? OfferBinding.Indicative : OfferBinding.Firm,
            move.IsBent(6) ? TimeSpan.Zero : TimeSpan.FromSeconds(30 * (1 + (move.Bend >> 5))),
            Irrevocable: move.IsBent(5) || move.IsBent(4) || move.IsBent(3),
            IsFinal: move.IsBent(2),
            PartialFrom: move.IsBent(1) || (isBulk && !isStubborn) ? 1 + (move.Bend >> 5) : null);
    }

    private NegotiationCommand SettlementAnswer(Move move)
    {
        var deal = move.IsBent(4) ? default : State.Deal ?? default;
        return (move.Bend & 3) switch
        {
            0 => new FailSettlement(deal, new SettlementFailure(_buyer.FailureCode, 0)),
            1 => new FailSettlement(deal, new SettlementFailure(0, _seller.FailureCode)),
            2 => new FailSettlement(deal, new SettlementFailure(_buyer.FailureCode, _seller.FailureCode)),
            _ => new ConfirmSettlement(deal, Some.Receipt()),
        };
    }
}
