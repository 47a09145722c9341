namespace Market.Domain.Wire.Messages;

/// <summary>Why the gateway itself refuses a frame. Numbers 30xx.</summary>
public enum GatewayRefusal : ushort
{
    /// <summary>The frame is not `[type, correlation, payload]` in its one valid form.</summary>
    FrameIsInvalid = 3001,

    /// <summary>No message has this type number, or it is not one that a client sends.</summary>
    MessageTypeUnknown = 3002,

    /// <summary>The frame is larger than the market takes.</summary>
    FrameTooLarge = 3003,

    /// <summary>Prove your key first: answer Hello with Authenticate.</summary>
    NotAuthenticated = 3004,

    /// <summary>The key or the signature over the nonce is wrong.</summary>
    AuthenticationFailed = 3005,

    /// <summary>Too many requests are in flight on this connection, or the market is full.</summary>
    Overloaded = 3006,

    /// <summary>The outcome is not known; send the same message again to learn it.</summary>
    OutcomeUnknown = 3007,

    /// <summary>The signature over the act does not verify with the agent's key.</summary>
    SignatureIsWrong = 3008,

    /// <summary>The cursor is not one of this agent's.</summary>
    CursorIsInvalid = 3009,

    /// <summary>The market is stopping; connect again later.</summary>
    ShuttingDown = 3010,

    /// <summary>There is no such thing, or it is not yours.</summary>
    NotFound = 3011,

    /// <summary>The agent, or its principal, sends faster than the market allows; nothing was done.</summary>
    RateLimited = 3012,

    /// <summary>The agent has as many connections as it may.</summary>
    TooManyConnections = 3013,

    /// <summary>Connections from one address begin too fast; said by HTTP status 429, with when to try again.</summary>
    TooManyHandshakes = 3014,

    /// <summary>A frame that had begun did not end in time; the connection is closed.</summary>
    FrameTooSlow = 3015,

    /// <summary>The connection has asked nothing for long and follows no events; it is closed.</summary>
    SessionIsIdle = 3016,

    /// <summary>
    /// The connection did not read its events, so they have stopped; nothing is lost: subscribe again after the last
    /// cursor.
    /// </summary>
    ReaderIsSlow = 3017,
}
