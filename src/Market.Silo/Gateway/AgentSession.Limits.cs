using System.Net.WebSockets;
using Market.Domain.Wire.Messages;

namespace Market.Silo.Gateway;

/// <content>Time: what a connection must do within some, or it is told so and ends.</content>
internal sealed partial class AgentSession
{
    // A connection that takes nothing for so many times the time in which its events stop is dead weight.
    private const int CutAfterUnreadTimes = 6;

    private string ConnectionsRule =>
        $"One agent may have {services.Options.Limits.ConnectionsPerAgent} connections; close one first.";

    private long _lastRequestAt;
    private long _fullSince;

    /// <summary>Ends the connection where it has taken too long over something; called about once a second.</summary>
    public void CheckTime()
    {
        if (IsClosing)
        {
            return;
        }

        var (limits, now) = (services.Options.Limits, services.Limiter.Now);
        if (_receiver.BegunAt is > 0 and var begun && HasPassed(begun, limits.FrameSeconds, now))
        {
            Refuse(GatewayRefusal.FrameTooSlow, $"A frame that has begun must end within {limits.FrameSeconds} s.");
        }
        else if (Volatile.Read(ref _lastRequestAt) is > 0 and var last && HasPassed(last, limits.IdleSeconds, now)
            && _pump is null or { HasEnded: true } && InFlight == 0)
        {
            Refuse(GatewayRefusal.SessionIsIdle, "Connect again when there is something to ask, or follow events.");
        }
        else
        {
            CutIfNothingIsRead(limits, now);
        }
    }

    /// <summary>Its events have stopped, since it did not read them: it is told how to go on.</summary>
    public void DropToPull()
    {
        services.Metrics.CountDroppedToPull();
        Send(0, Refusals.Of(
            GatewayRefusal.ReaderIsSlow, "Your events wait in the journal: subscribe again after your last cursor."));
    }

    private static bool HasPassed(long since, int seconds, long now) => now - since > seconds * TimeSpan.TicksPerSecond;

    private void CutIfNothingIsRead(OperatorLimits limits, long now)
    {
        if (!outgoing.IsFull)
        {
            _fullSince = 0;
        }
        else if (_fullSince == 0)
        {
            _fullSince = now;
        }
        else if (HasPassed(_fullSince, CutAfterUnreadTimes * limits.UnreadSeconds, now))
        {
            cut.Now();
        }
    }

    private void RefuseTooMany() => Refuse(GatewayRefusal.TooManyConnections, ConnectionsRule);

    private void Refuse(GatewayRefusal refusal, string detail)
    {
        Send(0, Refusals.Of(refusal, detail));
        Close(WebSocketCloseStatus.PolicyViolation, refusal.ToString());
    }
}
