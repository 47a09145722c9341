using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.Simulations.LanguageModels;

/// <summary>
/// The words of a negotiation in a running market: the counterparty's description of what it sells, and its messages.
/// </summary>
/// <param name="negotiation">The negotiation.</param>
/// <param name="own">The side that the model is on.</param>
/// <param name="description">The listing's description; null where there is none.</param>
internal sealed class NegotiationTalk(Client.Negotiation negotiation, Party own, string? description = null) : ITalk
{
    /// <inheritdoc/>
    public IReadOnlyList<CounterpartyText> Heard =>
    [
        .. description is null ? (CounterpartyText[])[] : [new CounterpartyText("description", description)],
        .. negotiation.Messages
            .Where(message => message.By != own && message.Text is not null)
            .Select(message => new CounterpartyText("message", message.Text!)),
    ];

    /// <inheritdoc/>
    public bool IsOpen =>
        !negotiation.State.HasEnded
        && negotiation.Messages.Count(message => message.By == own) < MarketLimits.MessagesMax;

    /// <inheritdoc/>
    public async ValueTask<bool> SayAsync(string text, CancellationToken cancellationToken)
    {
        var told = await negotiation.TryInformAsync(text, cancellationToken: cancellationToken).ConfigureAwait(false);
        return told.IsRecorded;
    }
}
