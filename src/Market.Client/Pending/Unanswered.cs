using System.Collections.Concurrent;
using System.Reflection;
using Market.Domain;
using Market.Domain.Wire;
using Market.Domain.Wire.Messages;

namespace Market.Client.Pending;

/// <summary>
/// Puts each act of a link on record before it is sent and strikes it out when it is answered. What is sent and will
/// get no answer, since nobody waits for it, is in doubt until it is asked again.
/// </summary>
internal sealed class Unanswered(IPendingCommands store)
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Ids = new();
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<MessageId, PendingCommand> _inDoubt = [];
    private bool _isOpen;

    /// <summary>The acts of unknown outcome, in their order.</summary>
    public IReadOnlyList<PendingCommand> InDoubt
    {
        get
        {
            lock (_gate)
            {
                return [.. _inDoubt.Values];
            }
        }
    }

    /// <summary>The id of a message that is an act; null for a question.</summary>
    public static MessageId? IdOf(object message)
    {
        var act = message is SignedAct signed ? WireCatalog.DecodeTagged(signed.Act.Span) : message;
        var property = Ids.GetOrAdd(act.GetType(), static type =>
            type.GetProperty("Message") is { } found && found.PropertyType == typeof(MessageId) ? found : null);
        return (MessageId?)property?.GetValue(act);
    }

    /// <summary>Opens the store: what it holds is in doubt.</summary>
    public async ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        var commands = await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        _isOpen = true;
        foreach (var command in commands)
        {
            PutBack(command);
        }
    }

    /// <summary>Checks that what is in doubt is this one's own.</summary>
    /// <exception cref="MarketConnectionException">It is another's.</exception>
    public void Check(MarketId market, AgentNumber? agent, PrincipalNumber? principal)
    {
        var other = InDoubt.FirstOrDefault(
            c => c.Market != market || c.Agent != agent || c.Principal != principal);
        if (other is not null)
        {
            throw new MarketConnectionException(
                $"The pending commands are of {NameOf(other.Agent, other.Principal)} in {other.Market}; this is "
                + $"{NameOf(agent, principal)} in {market}. Give every agent of every market a file of its own.")
            { IsFinal = true };
        }
    }

    /// <summary>Puts an act on record; when this returns it may be sent.</summary>
    public ValueTask BeginAsync(PendingCommand command, CancellationToken cancellationToken) =>
        store.AddAsync(command, cancellationToken);

    /// <summary>Nobody waits for it any more.</summary>
    /// <param name="command">The act.</param>
    /// <param name="isInDoubt">Whether it was sent and its answer has not come.</param>
    public ValueTask EndAsync(PendingCommand command, bool isInDoubt)
    {
        if (isInDoubt)
        {
            PutBack(command);
            return ValueTask.CompletedTask;
        }

        return store.StrikeAsync(command.Id, CancellationToken.None);
    }

    /// <summary>Takes an act out of doubt, to ask again or to strike it out; false where somebody else has.</summary>
    public bool TryTake(PendingCommand command)
    {
        lock (_gate)
        {
            return _inDoubt.Remove(command.Id);
        }
    }

    /// <summary>Closes the store, unless another client has it open.</summary>
    public ValueTask CloseAsync() =>
        Interlocked.Exchange(ref _isOpen, false) ? store.CloseAsync(CancellationToken.None) : default;

    private static string NameOf(AgentNumber? agent, PrincipalNumber? principal) =>
        agent?.ToString() ?? principal?.ToString() ?? "a key that is not registered";

    private void PutBack(PendingCommand command)
    {
        lock (_gate)
        {
            _inDoubt.TryAdd(command.Id, command);
        }
    }
}
