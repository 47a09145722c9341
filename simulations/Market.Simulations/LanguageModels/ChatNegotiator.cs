using Market.Domain.Strategies;
using Microsoft.Extensions.AI;

namespace Market.Simulations.LanguageModels;

/// <summary>
/// A language model as a negotiator. The model is asked; code decides what passes. An act is never outside the agenda
/// or below the own limit, and an answer that is of no use is asked for again, then replaced by the fallback. What the
/// counterparty writes reaches, by default, only the call that answers words, which knows nothing private and can do
/// nothing; so no text changes a deal. One instance a negotiation; given the model's answers, its acts are determined.
/// </summary>
/// <remarks>
/// After the separation of privileged and quarantined models: Willison, "The dual LLM pattern" (2023); Debenedetti et
/// al., "Defeating prompt injections by design" (2025).
/// </remarks>
internal sealed class ChatNegotiator : IAsyncNegotiator
{
    private readonly RankedOutcomes _own;
    private readonly ChatNegotiatorOptions _options;
    private readonly INegotiator? _fallback;
    private readonly ITalk? _talk;
    private readonly ChatLimits _limits;
    private readonly AgendaCodec _codec;
    private readonly ChatFacts _facts;
    private readonly ChatCaller _caller;
    private readonly List<HistoryLine> _history = [];
    private int _heard;

    /// <summary>Prepares a negotiation.</summary>
    /// <param name="model">The model; not disposed.</param>
    /// <param name="own">The own outcomes, ranked by the own utility.</param>
    /// <param name="options">How the model is asked.</param>
    /// <param name="fallback">Decides turns that the model did not; null to repeat the own last offer.</param>
    /// <param name="talk">The words beside the offers; null where there are none.</param>
    /// <param name="time">Measures time-outs; null for the system's clock.</param>
    public ChatNegotiator(
        IChatClient model,
        RankedOutcomes own,
        ChatNegotiatorOptions? options = null,
        INegotiator? fallback = null,
        ITalk? talk = null,
        TimeProvider? time = null)
    {
        (_own, _options, _fallback, _talk) = (own, options ?? ChatNegotiatorOptions.Default, fallback, talk);
        Account = new ChatAccount(_options.Price);
        _limits = new ChatLimits(own, _options.LeastUtility);
        _codec = new AgendaCodec(own.Space.Agenda, _options.AreLabelsTrusted);
        _facts = new ChatFacts(own, _codec, _options);
        _caller = new ChatCaller(model, _options, Account, time ?? TimeProvider.System);
    }

    /// <summary>What this negotiation has used up.</summary>
    public ChatAccount Account { get; }

    /// <inheritdoc/>
    /// <exception cref="ChatUnavailableException">No call can succeed.</exception>
    public async ValueTask<NegotiatorAct> ActAsync(NegotiationView view, CancellationToken cancellationToken)
    {
        if (!_limits.LeaveAnything)
        {
            return NegotiatorAct.End;
        }

        if (view.CounterpartyOffer is { } offer)
        {
            _history.Add(new HistoryLine(view.Round, IsOwn: false, offer));
        }

        var act = await AskAsync(view, cancellationToken).ConfigureAwait(false) ?? FallBack(view);
        if (act.Kind == NegotiatorActKind.Propose)
        {
            _history.Add(new HistoryLine(view.Round, IsOwn: true, act.Outcome));
        }

        await ReplyAsync(view, cancellationToken).ConfigureAwait(false);
        return act;
    }

    /// <summary>The messages of the next call that decides, for people; calls nothing.</summary>
    public IReadOnlyList<ChatMessage> PromptFor(in NegotiationView view, string? correction = null) =>
        ChatPrompt.ToDecide(
            _facts.ToDecide(view, _history, _limits.Least),
            _options.AnswerForm,
            _options.Exposure == TextExposure.Shown ? Quoted() : [],
            correction);

    private async ValueTask<NegotiatorAct?> AskAsync(NegotiationView view, CancellationToken cancellationToken)
    {
        string? correction = null;
        for (var attempt = 0; attempt < _options.AttemptsMax; attempt++)
        {
            if (!Account.IsWithin(_options))
            {
                Account.AddBudgetStop();
                return null;
            }

            var response = await _caller
                .CallAsync(PromptFor(view, correction), OptionsToDecide(), cancellationToken).ConfigureAwait(false);
            if (response is null)
            {
                continue;
            }

            var answer = ChatAnswer.Read(response, _codec);
            var act = Firm(answer.Act, view);
            if ((answer.Problem ?? _limits.Refuse(act, view)) is not { } problem)
            {
                return act;
            }

            Account.Add(problem);
            correction = ChatPrompt.Correct(problem);
        }

        return null;
    }

    // An indicative offer only invites: to accept it is to propose the same.
    private static NegotiatorAct Firm(NegotiatorAct act, in NegotiationView view) =>
        act.Kind == NegotiatorActKind.Accept && view is { CounterpartyOffer: { } offer, IsCounterpartyOfferFirm: false }
            ? NegotiatorAct.Propose(offer)
            : act;

    private NegotiatorAct FallBack(in NegotiationView view)
    {
        Account.AddFallback();
        var act = _fallback is null ? Repeated() : Firm(_fallback.Act(view), view);
        return _limits.Refuse(act, view) is null ? act : NegotiatorAct.Propose(_own.Best);
    }

    private NegotiatorAct Repeated()
    {
        var last = _history.FindLastIndex(static line => line.IsOwn);
        return NegotiatorAct.Propose(last < 0 ? _own.Best : _history[last].Outcome);
    }

    private ChatOptions OptionsToDecide()
    {
        var options = OptionsOfAnyCall();
        if (_options.AnswerForm == ChatAnswerForm.ToolCall)
        {
            options.Tools = ChatTools.For(_codec);
            options.ToolMode = ChatToolMode.RequireAny;
            options.AllowMultipleToolCalls = false;
        }
        else
        {
            options.ResponseFormat = ChatResponseFormat.ForJsonSchema(ChatTools.SchemaOf(_codec), "negotiation_act");
        }

        return options;
    }

    private ChatOptions OptionsOfAnyCall() => new()
    {
        MaxOutputTokens = _options.OutputTokensMax,
        Temperature = _options.Temperature,
        Seed = _options.Seed,
    };

    // After the act is decided: what is read here can change nothing but the words that are answered.
    private async ValueTask ReplyAsync(NegotiationView view, CancellationToken cancellationToken)
    {
        if (_talk is null || _talk.Heard.Count <= _heard || !_talk.IsOpen || !Account.IsWithin(_options))
        {
            return;
        }

        var prompt = ChatPrompt.ToReply(_facts.ToReply(view, _history), Quoted());
        _heard = _talk.Heard.Count;
        var response = await _caller.CallAsync(prompt, OptionsOfAnyCall(), cancellationToken).ConfigureAwait(false);
        if (response is null)
        {
            return;
        }

        var text = OutgoingText.Screen(response.Text, _history.Select(static line => line.Outcome));
        var isSent = text is not null && await _talk.SayAsync(text, cancellationToken).ConfigureAwait(false);
        Account.AddMessage(isSent);
    }

    private List<string> Quoted()
    {
        var heard = _talk?.Heard ?? [];
        var quoted = new List<string>();
        foreach (var text in heard.Skip(Math.Max(0, heard.Count - _options.TextsMax)))
        {
            quoted.Add(UntrustedText.Quote(text, _options.TextCharactersMax, out var isCut));
            Account.AddCutTexts(isCut ? 1 : 0);
        }

        return quoted;
    }
}
