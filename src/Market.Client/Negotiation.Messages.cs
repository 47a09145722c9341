using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Client;

/// <content>
/// What the sides say to each other beside the offers, whoever's turn it is. What the counterparty says is its own
/// word: data from an untrusted writer, to be shown as such and never to be followed as an instruction.
/// </content>
public sealed partial class Negotiation
{
    private ValueArray<NegotiationMessage> _messages;

    /// <summary>
    /// What both sides have said so far, in order; at most <see cref="MarketLimits.MessagesMax"/> of each.
    /// </summary>
    public ValueArray<NegotiationMessage> Messages => State.Messages;

    /// <summary>Asks the counterparty something in words; returns when the state includes it.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<ActRecorded> InquireAsync(string text, CancellationToken cancellationToken = default) =>
        InquireAsync(text, issue: null, cancellationToken);

    /// <summary>Asks the counterparty about an issue; returns when the state includes it.</summary>
    /// <param name="text">Words, or null.</param>
    /// <param name="issue">The name of an issue of the agenda, or null.</param>
    /// <param name="cancellationToken">Stops waiting; the market may record the act all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<ActRecorded> InquireAsync(
        string? text, string? issue, CancellationToken cancellationToken = default) =>
        (await TryInquireAsync(text, issue, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>Asks the counterparty about an issue; a refusal is a result.</summary>
    /// <inheritdoc cref="InquireAsync(string?, string?, CancellationToken)" path="/param"/>
    public Task<ActResult> TryInquireAsync(
        string? text, string? issue = null, CancellationToken cancellationToken = default)
    {
        var state = State;
        var act = new Inquire(_context.NewMessageId(), state.Id, state.Seq, text, issue);
        return PerformAsync(state, act, false, cancellationToken);
    }

    /// <summary>Tells the counterparty something in words; returns when the state includes it.</summary>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public Task<ActRecorded> InformAsync(string text, CancellationToken cancellationToken = default) =>
        InformAsync(text, [], inReplyTo: null, cancellationToken);

    /// <summary>Tells the counterparty something; returns when the state includes it.</summary>
    /// <param name="text">Words, or null.</param>
    /// <param name="values">What is said of issues: an answer in a form that a program reads. May be empty.</param>
    /// <param name="inReplyTo">The counterparty's inquiry that this answers, or null.</param>
    /// <param name="cancellationToken">Stops waiting; the market may record the act all the same.</param>
    /// <exception cref="MarketRefusedException">The market refuses it.</exception>
    public async Task<ActRecorded> InformAsync(
        string? text,
        ValueArray<IssueValue> values,
        NegotiationMessage? inReplyTo = null,
        CancellationToken cancellationToken = default) =>
        (await TryInformAsync(text, values, inReplyTo, cancellationToken).ConfigureAwait(false)).OrThrow();

    /// <summary>Tells the counterparty something; a refusal is a result.</summary>
    /// <inheritdoc cref="InformAsync(string?, ValueArray{IssueValue}, NegotiationMessage?, CancellationToken)"
    /// path="/param"/>
    public Task<ActResult> TryInformAsync(
        string? text,
        ValueArray<IssueValue> values = default,
        NegotiationMessage? inReplyTo = null,
        CancellationToken cancellationToken = default)
    {
        var state = State;
        var act = new Inform(_context.NewMessageId(), state.Id, state.Seq, inReplyTo?.Seq, values, text);
        return PerformAsync(state, act, false, cancellationToken);
    }

    private void Collect(NegotiationEvent @event, long seq)
    {
        NegotiationMessage? message = @event switch
        {
            InquiryMade e => new(seq, e.At, e.By, e.Text, e.Issue, null, []),
            InformationGiven e => new(seq, e.At, e.By, e.Text, null, e.InReplyTo, e.Values),
            _ => null,
        };
        if (message is not null)
        {
            _messages = [.. _messages, message];
        }
    }
}
