using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;
using Market.Domain.Wire.Messages;
using Market.Grains.Journaling;

namespace Market.Chaos.Killing;

/// <summary>
/// Compares what the market told the agents with what its journal holds: every acknowledged act is there, once, at the
/// place and with the bytes that were acknowledged (INV-8, INV-16), and no refused act is.
/// </summary>
internal sealed class AcknowledgedActs
{
    private readonly Dictionary<(AgentNumber Agent, MessageId Message), Stored> _stored = [];
    private readonly Dictionary<Guid, ActDigest> _published = [];
    private readonly Findings _findings;

    private AcknowledgedActs(JournalView journal, Findings findings)
    {
        _findings = findings;
        foreach (var (row, _, @event) in journal.Entries)
        {
            switch (@event)
            {
                case NegotiationEvent fact when ActOf(fact) is { } act:
                    Store(row, fact, act);
                    break;
                case ListingAdded added:
                    _published[added.Listing.Id.Value] = added.Digest;
                    break;
                case RequestAdded added:
                    _published[added.Request.Id.Value] = added.Digest;
                    break;
            }
        }
    }

    /// <summary>
    /// Acts whose acknowledgement was lost: they were in the journal before they were sent for the last time.
    /// </summary>
    public int LostAnswers { get; private set; }

    /// <summary>Requests that were sent more than once.</summary>
    public int SentAgain { get; private set; }

    /// <summary>Acknowledged acts that were looked for.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Refused acts that were looked for.</summary>
    public int Refused { get; private set; }

    /// <summary>Acts without a final answer.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Compares all that some agents sent.</summary>
    public static AcknowledgedActs Check(JournalView journal, IEnumerable<TestAgent> agents, Findings findings)
    {
        var check = new AcknowledgedActs(journal, findings);
        foreach (var agent in agents)
        {
            foreach (var contradiction in agent.Wire.Contradictions)
            {
                findings.Add($"{agent.Name}: {contradiction}");
            }

            foreach (var request in agent.Wire.Requests)
            {
                check.SentAgain += request.TimesSent > 1 ? 1 : 0;
                check.Compare(agent, request);
            }
        }

        return check;
    }

    /// <summary>The act that an event records; null where the market itself acted.</summary>
    public static ActReference? ActOf(NegotiationEvent fact) => fact switch
    {
        NegotiationOpened e => e.Act,
        PostedPriceTaken e => e.Act,
        NegotiationJoined e => e.Act,
        OfferMade e => e.Act,
        OfferWithdrawn e => e.Act,
        OfferAccepted e => e.Act,
        NegotiationRejected e => e.Act,
        NegotiationLeft e => e.Act,
        _ => null,
    };

    private void Store(JournalRow row, NegotiationEvent fact, ActReference act)
    {
        var agent = act.By == Party.Buyer ? row.Audience.First : row.Audience.Second;
        var stored = new Stored(new ActRecorded(fact.Negotiation, row.Version, fact.At), act.Digest);
        _findings.Require(
            _stored.TryAdd((agent, act.Message), stored),
            () => $"{act.Message} of {agent} has two effects; one at position {row.Position}.");
    }

    private void Compare(TestAgent agent, WireRequest request)
    {
        var message = request.Act switch
        {
            NegotiationAct act => act.Message,
            OpenNegotiation open => open.Message,
            _ => default,
        };
        if (message != default)
        {
            CompareAct(agent, request, message);
        }
        else if (request.Answer is ListingPublished { Listing: var listing })
        {
            ComparePublished(agent, request, listing.Id.Value);
        }
        else if (request.Answer is RequestPublished { Request: var need })
        {
            ComparePublished(agent, request, need.Id.Value);
        }
    }

    private void CompareAct(TestAgent agent, WireRequest request, MessageId message)
    {
        var stored = _stored.GetValueOrDefault((agent.Number, message));
        if (request.Answer is ActRecorded recorded)
        {
            Acknowledged++;
            LostAnswers += request.TimesSent > 1 && recorded.At.ToUtc() < request.LastSent ? 1 : 0;
            _findings.Require(
                stored is not null && stored.Answer == recorded && stored.Digest == request.Digest,
                () => $"{agent.Name} was told {recorded} of {request.Act}; the journal has {stored}.");
        }
        else if (request.Answer is Refused refused)
        {
            Refused++;
            _findings.Require(
                stored is null,
                () => $"{agent.Name} was told {refused} of {request.Act}; the journal has {stored}.");
        }
        else
        {
            Unanswered++;
        }
    }

    private void ComparePublished(TestAgent agent, WireRequest request, Guid id)
    {
        Acknowledged++;
        _findings.Require(
            _published.TryGetValue(id, out var digest) && digest == request.Digest,
            () => $"{agent.Name} was answered {request.Answer}; the journal does not have it so.");
    }

    private sealed record Stored(ActRecorded Answer, ActDigest Digest);
}
