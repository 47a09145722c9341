using System.Net.WebSockets;
using Market.Domain;
using Market.Domain.Admitting;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;
using Market.Grains;

namespace Market.Silo.Gateway;

/// <content>The session's key: what ends with it, and what too many wrong signatures end.</content>
internal sealed partial class AgentSession
{
    private volatile object? _thumbprint;
    private Refused? _endedBy;
    private int _keyChanges;

    /// <summary>Whether the session was opened by a key.</summary>
    public bool IsOf(Hash256 key) => _thumbprint is Hash256 own && own == key;

    /// <summary>
    /// Its key has ended: says so and closes at once. Where the session itself has asked for that, its answer comes
    /// first.
    /// </summary>
    public void End(AgentKeyRefusal refusal)
    {
        Interlocked.Exchange(ref _endedBy, Refusals.Of(refusal));
        if (Volatile.Read(ref _keyChanges) == 0)
        {
            CloseEnded();
        }
    }

    private void CloseEnded()
    {
        if (Volatile.Read(ref _endedBy) is { } refusal && !IsClosing)
        {
            Send(0, refusal);
            Close(WebSocketCloseStatus.PolicyViolation, refusal.Name);
        }
    }

    /// <summary>Notes that a request may end this session's own key.</summary>
    private void BeginKeyChange(object? message)
    {
        if (message is RotateKey or RevokeKey)
        {
            Interlocked.Increment(ref _keyChanges);
        }
    }

    /// <summary>Its answer has been sent.</summary>
    private void EndKeyChange(object? message)
    {
        if (message is RotateKey or RevokeKey && Interlocked.Decrement(ref _keyChanges) == 0)
        {
            CloseEnded();
        }
    }

    /// <summary>Why whoever has proved a key is not let in; null where it is.</summary>
    private Refused? RefusalOf(AgentFound found) =>
        found.Key is { IsLive: false } key
            ? Refusals.Of(key.Revoked is null ? AgentKeyRefusal.KeyHasEnded : AgentKeyRefusal.KeyRevoked)
        : found.Agent is { } agent && services.Options.Admission is { } policy
            && AdmissionRules.Decide(policy, agent.Profile, services.Dispatcher.HasOwnKey(agent)) is { } rule
            ? Refusals.Of(rule, "It is a rule of this market.")
        : null;

    /// <summary>Sends an answer; one that says that a signature is wrong may be one too many.</summary>
    private void SendAnswer(uint correlation, object answer)
    {
        if (answer is Refused { Code: (int)GatewayRefusal.SignatureIsWrong } && _agent is { } agent
            && services.WrongSignatures.IsTooMany(agent.Number))
        {
            var refusal = Refusals.Of(
                AgentKeyRefusal.TooManyWrongSignatures,
                $"At most {GatewayOptions.WrongSignaturesMax} within {GatewayOptions.WrongSignaturesWindow}.",
                GatewayOptions.WrongSignaturesWindow);
            Send(correlation, refusal);
            Close(WebSocketCloseStatus.PolicyViolation, refusal.Name);
            return;
        }

        Send(correlation, answer);
    }
}
