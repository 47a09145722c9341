using System.Collections.Concurrent;
using Market.Domain.Negotiating;
using Market.Domain.Settling;
using Market.Grains.Hosting;
using Market.Testing.Hosting;

namespace Market.Testing.Faults;

/// <summary>
/// What the clients of a market saw, question by question, and a check of it against the journal: an acknowledged
/// effect is there once and where the answer says, a refused one is not there, and an unknown one is either, until it
/// is asked again and has exactly one answer (INV-7, INV-8, INV-16). Clients may ask at the same time.
/// </summary>
public sealed class ClientHistory
{
    private readonly ConcurrentQueue<ClientAnswer> _answers = new();

    /// <summary>Every answer so far, in the order in which they came.</summary>
    public IReadOnlyCollection<ClientAnswer> Answers => _answers;

    /// <summary>Sends a command to the ledger and keeps what became of it.</summary>
    public Task<ClientAnswer> AskAsync(InProcessMarket market, LedgerCommand command)
    {
        ArgumentNullException.ThrowIfNull(market);
        return KeepAsync(command, async () => await market.AskAsync(command).ConfigureAwait(false));
    }

    /// <summary>Opens or acts in a negotiation and keeps what became of it.</summary>
    public Task<ClientAnswer> AskAsync(InProcessMarket market, NegotiationCommand command)
    {
        ArgumentNullException.ThrowIfNull(market);
        return KeepAsync(command, () => market.AskAsync(command).AsTask());
    }

    /// <summary>
    /// Asks again whatever is unknown, until nothing is: when faults have stopped, one answer each is enough.
    /// </summary>
    /// <returns>The commands that stayed unknown, though nothing fails any more.</returns>
    public async Task<IReadOnlyList<object>> ResolveAsync(InProcessMarket market)
    {
        var open = new List<object>();
        foreach (var (command, answers) in ByCommand())
        {
            if (IsDone(answers) || answers.TrueForAll(answer => answer.Outcome == ClientOutcome.Refused))
            {
                continue;
            }

            var answer = await AskAgainAsync(market, command).ConfigureAwait(false);
            if (answer.Outcome is ClientOutcome.Unknown or ClientOutcome.NotTaken)
            {
                open.Add(command);
            }
        }

        return open;
    }

    /// <summary>
    /// Every contradiction between what clients saw and what the journal says, as sentences; none in a sound market.
    /// Resolve first, else what is unknown counts as either.
    /// </summary>
    public async Task<IReadOnlyList<string>> FindViolationsAsync(InProcessMarket market)
    {
        ArgumentNullException.ThrowIfNull(market);
        var entries = (await market.ReplayLedgerAsync().ConfigureAwait(false)).Entries;
        var violations = new List<string>();
        foreach (var (command, answers) in ByCommand())
        {
            violations.AddRange(command switch
            {
                LedgerCommand told => Check(told, answers, entries),
                NegotiationCommand act => Check(
                    act, answers, await market.ReadNegotiationAsync(NegotiationOf(act)).ConfigureAwait(false)),
                _ => [],
            });
        }

        violations.AddRange(Uncaused(entries));
        return violations;
    }

    private static IEnumerable<string> Check(
        LedgerCommand command, List<ClientAnswer> answers, IReadOnlyList<LedgerEvent> entries)
    {
        var places = LedgerEffects.PlacesOf(entries, command).ToList();
        var acknowledged = answers.Select(answer => answer.Answer).OfType<LedgerDone>()
            .Select(done => done.Entry.Value);
        var isRefused = entries.Any(entry => LedgerEffects.Refuses(entry, command));
        return Contradictions(command, answers, places, acknowledged).Concat(
            places.Count > 0 && isRefused ? [$"{command} is both settled and refused for good."] : []);
    }

    private static IEnumerable<string> Check(
        NegotiationCommand command, List<ClientAnswer> answers, IReadOnlyList<NegotiationEvent> events)
    {
        var (message, by) = command switch
        {
            OpenNegotiationCommand open => (open.Message, open.OpenedBy),
            PerformAct act when events.Count > 0 && SideOf(events[0], act) is { } side => (act.Act.Message, side),
            _ => (default, default),
        };
        var places = PlacesOf(events, e => ActOf(e) is { } act && act.Message == message && act.By == by);
        var acknowledged = answers.Select(answer => answer.Answer).OfType<ActRecorded>().Select(act => act.Seq);
        return Contradictions(command, answers, places, acknowledged);
    }

    private static IEnumerable<string> Contradictions(
        object command, List<ClientAnswer> answers, List<long> places, IEnumerable<long> acknowledged)
    {
        if (places.Count > 1)
        {
            yield return $"{command} was done {places.Count} times, at {string.Join(", ", places)}.";
        }

        foreach (var place in acknowledged.Distinct().Except(places))
        {
            yield return $"{command} was acknowledged at {place}, and its effect is at [{string.Join(", ", places)}].";
        }

        if (places.Count > 0 && answers[^1].Outcome == ClientOutcome.Refused && !IsDone(answers))
        {
            yield return $"{command} was refused at last ({answers[^1].Answer}), and its effect is at {places[0]}.";
        }
    }

    /// <summary>Entries that nobody asked for; expiries and what grains tell the ledger follow from rules.</summary>
    private IEnumerable<string> Uncaused(IReadOnlyList<LedgerEvent> entries)
    {
        var commands = ByCommand().Select(asked => asked.Key).OfType<LedgerCommand>().ToList();
        return entries
            .Where(entry => entry is TransferHeld or HoldPosted or HoldVoided or MandateGranted or MandateRevoked
                or MandateSuspended or MandateResumed or DeliveryConfirmed or DeliveryCancelled
                or AccountsOpened or AccountsEvicted or DealReversed or ClaimPaid)
            .Where(entry => !commands.Exists(command => LedgerEffects.Does(entry, command)))
            .Select(entry => $"Nobody asked for {entry}.");
    }

    private Dictionary<object, List<ClientAnswer>> ByCommand() => _answers
        .GroupBy(answer => answer.Command)
        .ToDictionary(group => group.Key, group => group.ToList());

    private Task<ClientAnswer> AskAgainAsync(InProcessMarket market, object command) => command switch
    {
        LedgerCommand told => AskAsync(market, told),
        NegotiationCommand act => AskAsync(market, act),
        _ => throw new ArgumentException($"No client asks a {command.GetType().Name}.", nameof(command)),
    };

    private async Task<ClientAnswer> KeepAsync(object command, Func<Task<object>> ask)
    {
        ClientAnswer kept;
        try
        {
            var answer = await ask().ConfigureAwait(false);
            var isDone = answer is LedgerDone or ActRecorded;
            kept = new ClientAnswer(command, isDone ? ClientOutcome.Done : ClientOutcome.Refused, answer);
        }
        catch (OutcomeUnknownException error)
        {
            kept = new ClientAnswer(command, ClientOutcome.Unknown, error);
        }
        catch (GrainOverloadedException error)
        {
            kept = new ClientAnswer(command, ClientOutcome.NotTaken, error);
        }

        _answers.Enqueue(kept);
        return kept;
    }

    private static bool IsDone(List<ClientAnswer> answers) =>
        answers.Exists(answer => answer.Outcome == ClientOutcome.Done);

    private static List<long> PlacesOf<T>(IReadOnlyList<T> events, Func<T, bool> isEffect) =>
        [.. Enumerable.Range(0, events.Count).Where(i => isEffect(events[i])).Select(i => i + 1L)];

    private static Domain.NegotiationId NegotiationOf(NegotiationCommand command) => command switch
    {
        OpenNegotiationCommand open => open.Negotiation,
        PerformAct perform => perform.Act.Negotiation,
        _ => throw new ArgumentException($"No client sends a {command.GetType().Name}.", nameof(command)),
    };

    private static Party? SideOf(NegotiationEvent first, PerformAct act) => first switch
    {
        NegotiationOpened opened when opened.Buyer.Agent == act.From => Party.Buyer,
        NegotiationOpened opened when opened.Seller.Agent == act.From => Party.Seller,
        _ => null,
    };

    private static ActReference? ActOf(NegotiationEvent @event) => @event switch
    {
        NegotiationOpened e => e.Act,
        NegotiationJoined e => e.Act,
        OfferMade e => e.Act,
        OfferWithdrawn e => e.Act,
        OfferAccepted e => e.Act,
        PostedPriceTaken e => e.Act,
        NegotiationRejected e => e.Act,
        NegotiationLeft e => e.Act,
        _ => null,
    };
}
