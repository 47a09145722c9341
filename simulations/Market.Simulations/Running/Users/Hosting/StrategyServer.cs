using System.Diagnostics.CodeAnalysis;
using System.Text;
using Market.Domain.Strategies;
using Market.Domain.Wire;

namespace Market.Simulations.Running.Users.Hosting;

/// <summary>Answers the parent, in the process of users' strategies: ranks, loads, and lets strategies act.</summary>
/// <param name="link">To the parent.</param>
internal sealed class StrategyServer(HostLink link)
{
    private const int SentenceLengthMax = 1_000;

    private readonly List<RankedOutcomes> _outcomes = [];
    private readonly List<Func<RankedOutcomes, ulong, INegotiator>> _strategies = [];
    private readonly SeenOffers _seen = new();
    private HostBegin? _begun;
    private RankedNegotiator? _playing;

    /// <summary>Serves until the parent is gone.</summary>
    public void Serve()
    {
        while (link.Receive(out var frame, out var body) == HostLinkState.Frame)
        {
            switch (frame)
            {
                case HostFrame.Prepare:
                    Prepare(WireFormat.Decode<HostPrepare>(body));
                    Answer(HostFrame.Done, []);
                    break;
                case HostFrame.Load:
                    Load(WireFormat.Decode<HostLoad>(body));
                    break;
                case HostFrame.Begin:
                    (_begun, _playing) = (WireFormat.Decode<HostBegin>(body), null);
                    break;
                case HostFrame.Turn:
                    Act(HostActs.ReadTurn(body, _seen));
                    break;
                default:
                    throw new InvalidDataException($"There is no request {frame}.");
            }
        }
    }

    private void Prepare(HostPrepare asked)
    {
        if (asked.Slot == 0)
        {
            _outcomes.Clear();
        }

        _outcomes.Add(new RankedOutcomes(asked.Utility.For(asked.Agenda)));
    }

    private void Load(HostLoad asked)
    {
        try
        {
            _strategies.Add(UserStrategies.MakerOf(asked.Code));
            Answer(HostFrame.Done, []);
        }
        catch (RunRefusedException e)
        {
            Say(HostFrame.Failed, e.Message);
        }
    }

    // Strategies are other people's programs: whatever one throws is the result of its negotiation, and no more.
    [SuppressMessage("Design", "CA1031", Justification = "A strategy's exception is a result.")]
    private void Act(in TurnView turn)
    {
        try
        {
            var act = _seen.Play(_playing ??= Make(_begun!), turn);
            using var writer = MessagePackWriter.Rent();
            HostActs.WriteAct(writer, act);
            Answer(HostFrame.Acted, writer.Written);
        }
        catch (StrategyFailureException said)
        {
            Say(HostFrame.Failed, said.Message);
        }
        catch (Exception thrown) when (thrown is OutOfMemoryException
            || thrown.InnerException is OutOfMemoryException)
        {
            Answer(HostFrame.OutOfMemory, []);
        }
        catch (Exception thrown)
        {
            Say(HostFrame.Failed, $"{thrown.GetType().Name}: {thrown.Message}");
        }
    }

    private RankedNegotiator Make(HostBegin begun)
    {
        var own = _outcomes[begun.Outcomes];
        return OutcomeNegotiator.Of(_strategies[begun.Strategy](own, begun.Seed), own, begun.Side);
    }

    private void Say(HostFrame frame, string sentence)
    {
        // Half a surrogate pair has no UTF-8 form; it becomes the mark for what cannot be shown.
        var utf8 = Encoding.UTF8.GetBytes(
            sentence.Length > SentenceLengthMax ? sentence[..SentenceLengthMax] : sentence);
        using var writer = MessagePackWriter.Rent();
        writer.WriteString(Encoding.UTF8.GetString(utf8));
        Answer(frame, writer.Written);
    }

    private void Answer(HostFrame frame, ReadOnlySpan<byte> body)
    {
        link.Post(frame, body);
        link.Flush();
    }
}
