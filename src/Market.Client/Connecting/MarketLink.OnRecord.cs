using System.Runtime.CompilerServices;
using Market.Client.Pending;
using Market.Client.Telemetry;
using Market.Domain.Wire;

namespace Market.Client.Connecting;

/// <content>Acts on record: before they are sent until they are answered, over restarts of the process too.</content>
internal sealed partial class MarketLink
{
    private readonly Unanswered? _unanswered;

    /// <summary>The acts of unknown outcome; none where the options keep nothing on record.</summary>
    public IReadOnlyList<PendingCommand> InDoubt => _unanswered?.InDoubt ?? [];

    /// <summary>Asks again for each act of unknown outcome, in their order.</summary>
    public async IAsyncEnumerable<ResumedCommand> ResumeAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var command in InDoubt)
        {
            if (!_unanswered!.TryTake(command))
            {
                continue;
            }

            var isHandled = false;
            try
            {
                yield return new ResumedCommand(
                    command, await AskAgainAsync(command, cancellationToken).ConfigureAwait(false));
                isHandled = true;
            }
            finally
            {
                // Struck out when the next one is asked for: who was interrupted while handling this one gets it again.
                await _unanswered.EndAsync(command, isInDoubt: !isHandled).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Gives an act of unknown outcome up.</summary>
    public async Task<bool> ForgetAsync(PendingCommand command)
    {
        if (_unanswered is null || !_unanswered.TryTake(command))
        {
            return false;
        }

        await _unanswered.EndAsync(command, isInDoubt: false).ConfigureAwait(false);
        return true;
    }

    private PendingCommand? CommandOf(object message) =>
        _unanswered is null || (Agent is null && Principal is null) || Unanswered.IdOf(message) is not { } id
            ? null
            : new PendingCommand(
                Hello.Market, Agent?.Number, Principal?.Number, id, WireCatalog.EncodeTagged(message));

    private async Task<object> AskOnRecordAsync(
        object message, PendingCommand command, CancellationToken cancellationToken)
    {
        await _unanswered!.BeginAsync(command, cancellationToken).ConfigureAwait(false);
        PendingRequest? request = null;
        object? answer = null;
        try
        {
            request = Post(message, command.Message);
            return answer = await AnswerToAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // What was never given to a connection has not happened, and will not.
            var isInDoubt = answer is null && request?.SentOn is not null;
            await _unanswered.EndAsync(command, isInDoubt).ConfigureAwait(false);
        }
    }

    private async Task<object> AskAgainAsync(PendingCommand command, CancellationToken cancellationToken)
    {
        var message = WireCatalog.DecodeTagged(command.Message.Span);
        var measured = Measured.Request(message);
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Instruments.AddResent(1, "resumed");
            var answer = await AnswerToAsync(Post(message, command.Message), cancellationToken).ConfigureAwait(false);
            measured.Answered(answer);
            return answer;
        }
        catch (Exception error)
        {
            measured.Failed(error);
            throw;
        }
        finally
        {
            _slots.Release();
        }
    }
}
