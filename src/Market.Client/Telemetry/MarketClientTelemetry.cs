namespace Market.Client.Telemetry;

/// <summary>
/// The names under which the client can be watched, by <c>AddSource</c> and <c>AddMeter</c> of OpenTelemetry for
/// example. Spans and measurements say which message, how it ended and how long it took; never an id, a key, terms,
/// amounts or an agent's text.
/// </summary>
public static class MarketClientTelemetry
{
    /// <summary>
    /// The ActivitySource and the Meter. A span <c>connect</c> is one attempt to connect; each other span is one
    /// request, named as its message, and lasts until it is answered, over reconnects too.
    /// </summary>
    public const string Name = "Market.Client";

    /// <summary>Attempts to connect, a counter, by <see cref="OutcomeTag"/>.</summary>
    public const string Connects = "market.client.connects";

    /// <summary>Connections made after one was lost, a counter.</summary>
    public const string Reconnects = "market.client.reconnects";

    /// <summary>
    /// Requests that have ended, a counter, by <see cref="MessageTag"/>, <see cref="OutcomeTag"/> and
    /// <see cref="RefusalTag"/>.
    /// </summary>
    public const string Requests = "market.client.requests";

    /// <summary>
    /// Seconds from the call to the answer, a histogram, by <see cref="MessageTag"/> and <see cref="OutcomeTag"/>.
    /// </summary>
    public const string RequestDuration = "market.client.request.duration";

    /// <summary>Requests sent once more, a counter, by <see cref="ReasonTag"/>.</summary>
    public const string Resent = "market.client.requests.resent";

    /// <summary>
    /// Events, and negotiations opened by others, that have come and that the user has not read; over all clients of
    /// the process.
    /// </summary>
    public const string EventsBehind = "market.client.events.behind";

    /// <summary>The name of the message, <c>MakeOffer</c> for example.</summary>
    public const string MessageTag = "market.message";

    /// <summary><c>answered</c>, <c>refused</c>, <c>cancelled</c> or <c>failed</c>; of connects also
    /// <c>connected</c>.</summary>
    public const string OutcomeTag = "market.outcome";

    /// <summary>The name of the refusal, where there is one.</summary>
    public const string RefusalTag = "market.refusal";

    /// <summary>Why it was sent once more: <c>reconnected</c>, <c>retry-after</c> or <c>resumed</c>.</summary>
    public const string ReasonTag = "market.reason";
}
