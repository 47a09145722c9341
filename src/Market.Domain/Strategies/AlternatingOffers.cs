using System.Diagnostics.CodeAnalysis;
using Market.Domain.Negotiating;

namespace Market.Domain.Strategies;

/// <summary>
/// Stacked alternating offers between two or more strategies, in memory. In each round every party acts once, in a
/// fixed order; acting is to accept the standing offer, to make another one, or to end. There is agreement when all
/// others have accepted an offer in succession. Every offer is firm. (Protocol: Aydoğan, Festen, Hindriks and Jonker,
/// "Alternating offers protocols for multilateral negotiation", 2017.) What a strategy does wrong is a result.
/// </summary>
/// <remarks>
/// One object runs any number of negotiations about one agenda, one after the other, and allocates nothing for one:
/// each worker has its own. Strategies that are no <see cref="RankedNegotiator"/> cost an outcome's allocation a turn.
/// </remarks>
public sealed class AlternatingOffers
{
    /// <summary>Most rounds of a negotiation in memory.</summary>
    public const int RoundsMax = 1_000_000;

    /// <summary>Most parties of a negotiation in memory; the count of all acts then fits an integer.</summary>
    public const int PartiesMax = 100;

    private readonly OutcomeSpace _space;
    private RankedNegotiator?[] _ranked = [];

    // What each party's latest act offered, or NoOffer where it accepted or has not acted yet.
    private int[] _offered = [];

    /// <summary>Prepares for negotiations about an agenda.</summary>
    /// <param name="space">The outcomes that can be offered.</param>
    public AlternatingOffers(OutcomeSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        _space = space;
    }

    /// <summary>Runs a negotiation to its end.</summary>
    /// <param name="parties">The strategies in the order of play, two to <see cref="PartiesMax"/>.</param>
    /// <param name="roundsMax">Rounds after which there is no agreement, 1 to <see cref="RoundsMax"/>.</param>
    /// <param name="sink">Takes every act; null where nobody asks.</param>
    /// <param name="firstSide">The side that the first party sees itself on, where a strategy looks at it; all others
    /// are on the other side.</param>
    /// <exception cref="ArgumentException">There are too few or too many parties, or one ranks another agenda's
    /// outcomes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of rounds is out of its range.</exception>
    public AlternatingOffersResult Run(
        ReadOnlySpan<INegotiator> parties, int roundsMax, IActSink? sink = null, Party firstSide = Party.Buyer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(roundsMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(roundsMax, RoundsMax);
        Seat(parties);

        var count = parties.Length;
        var (standing, accepted, offers) = (TurnView.NoOffer, 0, 0);
        for (var round = 0; round < roundsMax; round++)
        {
            for (var party = 0; party < count; party++)
            {
                var turn = new TurnView(count, round, roundsMax, standing);
                var side = party == 0 ? firstSide : firstSide.Counterparty();
                var act = Ask(parties[party], party, side, turn, out var failure);
                failure ??= FlawOf(act, standing);
                if (failure is not null)
                {
                    return Ended(AlternatingOffersEnd.Failed, TurnView.NoOffer, round, offers, party, failure);
                }

                var outcome = act.Kind == NegotiatorActKind.Accept ? standing : act.Outcome;
                sink?.Acted(new PartyAct(round, party, act.Kind, outcome));
                if (act.Kind == NegotiatorActKind.End)
                {
                    return Ended(AlternatingOffersEnd.EndedByParty, TurnView.NoOffer, round, offers, party);
                }

                if (act.Kind == NegotiatorActKind.Accept)
                {
                    _offered[party] = TurnView.NoOffer;
                    if (++accepted == count - 1)
                    {
                        return Ended(AlternatingOffersEnd.Agreement, standing, round, offers, party);
                    }

                    continue;
                }

                _offered[party] = standing = outcome;
                accepted = 0;
                offers++;
            }
        }

        return Ended(AlternatingOffersEnd.OutOfRounds, TurnView.NoOffer, roundsMax - 1, offers, -1);
    }

    private static AlternatingOffersResult Ended(
        AlternatingOffersEnd end, int agreement, int round, int offers, int by, string? failure = null) =>
        new(end, agreement, round + 1, offers, by, failure);

    private void Seat(ReadOnlySpan<INegotiator> parties)
    {
        if (parties.Length is < 2 or > PartiesMax)
        {
            throw new ArgumentException($"2 to {PartiesMax} negotiate, not {parties.Length}.", nameof(parties));
        }

        if (_ranked.Length != parties.Length)
        {
            _ranked = new RankedNegotiator?[parties.Length];
            _offered = new int[parties.Length];
        }

        Array.Fill(_offered, TurnView.NoOffer);
        for (var i = 0; i < parties.Length; i++)
        {
            _ranked[i] = parties[i] as RankedNegotiator;
            if (_ranked[i] is { } ranked && ranked.Own.Space.Count != _space.Count)
            {
                throw new ArgumentException(
                    $"Party {i} ranks {ranked.Own.Space.Count} outcomes; there are {_space.Count}.", nameof(parties));
            }
        }
    }

    // Strategies are other people's programs: whatever one throws is the result of its negotiation, and no more.
    [SuppressMessage("Design", "CA1031", Justification = "A strategy's exception is a result.")]
    private TurnAct Ask(INegotiator strategy, int party, Party side, in TurnView turn, out string? failure)
    {
        failure = null;
        try
        {
            if (_ranked[party] is not { } ranked)
            {
                return AskInOutcomes(strategy, side, turn, out failure);
            }

            // Since its last turn every other party has acted once, the next one first.
            for (var place = 1; place < turn.Parties; place++)
            {
                var other = party + place < turn.Parties ? party + place : party + place - turn.Parties;
                if (_offered[other] >= 0)
                {
                    ranked.Observe(place, _offered[other], turn);
                }
            }

            return ranked.Act(turn);
        }
        catch (StrategyFailureException said)
        {
            failure = said.Message;
            return TurnAct.End;
        }
        catch (Exception thrown)
        {
            failure = $"{thrown.GetType().Name}: {thrown.Message}";
            return TurnAct.End;
        }
    }

    private TurnAct AskInOutcomes(INegotiator strategy, Party side, in TurnView turn, out string? failure)
    {
        failure = null;
        Outcome? offer = turn.HasOffer ? _space[turn.Offer] : null;
        var act = strategy.Act(
            new NegotiationView(side, _space.Agenda, turn.Round, turn.RoundsMax, offer, turn.HasOffer));
        if (act.Kind != NegotiatorActKind.Propose)
        {
            return act.Kind == NegotiatorActKind.Accept ? TurnAct.Accept : TurnAct.End;
        }

        if (_space.Agenda.Contains(act.Outcome))
        {
            return TurnAct.Propose(_space.IndexOf(act.Outcome));
        }

        failure = $"It proposed {act.Outcome}, which is not of the agenda.";
        return TurnAct.End;
    }

    private string? FlawOf(TurnAct act, int standing) => act.Kind switch
    {
        NegotiatorActKind.Accept when standing < 0 => "It accepted, and there was no offer to accept.",
        NegotiatorActKind.Propose when act.Outcome < 0 || act.Outcome >= _space.Count =>
            $"It proposed outcome {act.Outcome}; there are {_space.Count}, from 0.",
        _ => null,
    };
}
