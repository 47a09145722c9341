using Market.Domain;
using Market.Domain.Settling;

namespace Market.Silo;

/// <summary>
/// What an operator allows: each limit with its default. The format's own limits (<see cref="MarketLimits"/>) bound
/// them from above where both speak of the same thing.
/// </summary>
public sealed record OperatorLimits
{
    /// <summary>Connections at once that a market takes where nothing else is said.</summary>
    public const int DefaultConnections = 10_000;

    /// <summary>Connections at once, of all agents; each costs some kilobytes.</summary>
    public int Connections { get; init; } = DefaultConnections;

    /// <summary>Connections at once of one agent, or of one principal's key.</summary>
    public int ConnectionsPerAgent { get; init; } = 16;

    /// <summary>Connections that one address may begin in a second.</summary>
    public int HandshakesPerSecond { get; init; } = 500;

    /// <summary>Connections that one address may begin at once, after a pause.</summary>
    public int HandshakesBurst { get; init; } = 2_000;

    /// <summary>Connections of one address that have not proved a key yet.</summary>
    public int HandshakesOpen { get; init; } = 1_000;

    /// <summary>Seconds in which a connection must have proved its key.</summary>
    public int HandshakeSeconds { get; init; } = 10;

    /// <summary>Seconds in which a frame that has begun must end.</summary>
    public int FrameSeconds { get; init; } = 10;

    /// <summary>Seconds without a request after which a connection that follows no events is closed.</summary>
    public int IdleSeconds { get; init; } = 3_600;

    /// <summary>Seconds in which a connection must take some of what waits for it, or its events stop.</summary>
    public int UnreadSeconds { get; init; } = 10;

    /// <summary>Bytes of one frame of an agent.</summary>
    public int FrameBytes { get; init; } = MarketLimits.FrameBytesMax;

    /// <summary>Characters of a free text.</summary>
    public int TextLength { get; init; } = MarketLimits.TextLengthMax;

    /// <summary>Requests of one connection that may be unanswered at once.</summary>
    public int RequestsInFlight { get; init; } = 64;

    /// <summary>Requests of one agent in a second, over all its connections.</summary>
    public int AgentRequestsPerSecond { get; init; } = 1_000;

    /// <summary>Requests of one agent at once, after a pause.</summary>
    public int AgentRequestsBurst { get; init; } = 5_000;

    /// <summary>Requests of all agents of one principal in a second.</summary>
    public int PrincipalRequestsPerSecond { get; init; } = 2_000;

    /// <summary>Requests of all agents of one principal at once, after a pause.</summary>
    public int PrincipalRequestsBurst { get; init; } = 10_000;

    /// <summary>Negotiations without an agreement or an end that one agent has opened.</summary>
    public int OpenNegotiations { get; init; } = 10_000;

    /// <summary>Listings of one agent that are not withdrawn.</summary>
    public int OpenListings { get; init; } = 10_000;

    /// <summary>Requests that one agent publishes in seven days.</summary>
    public int RequestsPerWeek { get; init; } = 10_000;

    /// <summary>Open holds on one principal's money.</summary>
    public int Holds { get; init; } = 1_000;

    /// <summary>Rounds of a negotiation.</summary>
    public int Rounds { get; init; } = MarketLimits.RoundsMax;

    /// <summary>Limits that no load meets, for measurements: the rates and numbers of connections at their most.</summary>
    public static OperatorLimits ForMeasuring { get; } = new()
    {
        Connections = 1_000_000,
        ConnectionsPerAgent = 100_000,
        HandshakesPerSecond = 1_000_000,
        HandshakesBurst = 1_000_000,
        HandshakesOpen = 1_000_000,
        AgentRequestsPerSecond = 1_000_000,
        AgentRequestsBurst = 1_000_000,
        PrincipalRequestsPerSecond = 1_000_000,
        PrincipalRequestsBurst = 1_000_000,
        OpenNegotiations = 10_000_000,
        OpenListings = 10_000_000,
        RequestsPerWeek = 10_000_000,
        Holds = LedgerLimits.HoldsPerPrincipalMax,
    };

    /// <summary>The limits by the names that an operator gives.</summary>
    public static IReadOnlyList<OperatorLimit> All { get; } =
    [
        new("connections", "connections at once, of all agents", 1, 1_000_000,
            static l => l.Connections, static (l, v) => l with { Connections = v }),
        new("connections-per-agent", "connections at once of one agent", 1, 100_000,
            static l => l.ConnectionsPerAgent, static (l, v) => l with { ConnectionsPerAgent = v }),
        new("handshakes-per-second", "connections that one address begins in a second", 1, 1_000_000,
            static l => l.HandshakesPerSecond, static (l, v) => l with { HandshakesPerSecond = v }),
        new("handshakes-burst", "connections that one address begins at once", 1, 1_000_000,
            static l => l.HandshakesBurst, static (l, v) => l with { HandshakesBurst = v }),
        new("handshakes-open", "connections of one address without a proven key", 1, 1_000_000,
            static l => l.HandshakesOpen, static (l, v) => l with { HandshakesOpen = v }),
        new("handshake-seconds", "seconds to prove a key", 1, 3_600,
            static l => l.HandshakeSeconds, static (l, v) => l with { HandshakeSeconds = v }),
        new("frame-seconds", "seconds to end a frame that has begun", 1, 3_600,
            static l => l.FrameSeconds, static (l, v) => l with { FrameSeconds = v }),
        new("idle-seconds", "seconds without a request or a subscription", 1, 31_536_000,
            static l => l.IdleSeconds, static (l, v) => l with { IdleSeconds = v }),
        new("unread-seconds", "seconds to read something of what waits", 1, 3_600,
            static l => l.UnreadSeconds, static (l, v) => l with { UnreadSeconds = v }),
        new("frame-bytes", "bytes of one frame", 1_024, MarketLimits.FrameBytesMax,
            static l => l.FrameBytes, static (l, v) => l with { FrameBytes = v }),
        new("text-length", "characters of a free text", 0, MarketLimits.TextLengthMax,
            static l => l.TextLength, static (l, v) => l with { TextLength = v }),
        new("requests-in-flight", "unanswered requests of one connection", 1, 10_000,
            static l => l.RequestsInFlight, static (l, v) => l with { RequestsInFlight = v }),
        new("agent-requests-per-second", "requests of one agent in a second", 1, 1_000_000,
            static l => l.AgentRequestsPerSecond, static (l, v) => l with { AgentRequestsPerSecond = v }),
        new("agent-requests-burst", "requests of one agent at once", 1, 1_000_000,
            static l => l.AgentRequestsBurst, static (l, v) => l with { AgentRequestsBurst = v }),
        new("principal-requests-per-second", "requests of all agents of one principal in a second", 1, 1_000_000,
            static l => l.PrincipalRequestsPerSecond, static (l, v) => l with { PrincipalRequestsPerSecond = v }),
        new("principal-requests-burst", "requests of all agents of one principal at once", 1, 1_000_000,
            static l => l.PrincipalRequestsBurst, static (l, v) => l with { PrincipalRequestsBurst = v }),
        new("open-negotiations", "open negotiations that one agent has opened", 1, 10_000_000,
            static l => l.OpenNegotiations, static (l, v) => l with { OpenNegotiations = v }),
        new("open-listings", "listings of one agent", 1, 10_000_000,
            static l => l.OpenListings, static (l, v) => l with { OpenListings = v }),
        new("requests-per-week", "requests that one agent publishes in seven days", 1, 10_000_000,
            static l => l.RequestsPerWeek, static (l, v) => l with { RequestsPerWeek = v }),
        new("holds", "open holds on one principal's money", 0, LedgerLimits.HoldsPerPrincipalMax,
            static l => l.Holds, static (l, v) => l with { Holds = v }),
        new("rounds", "rounds of a negotiation", 1, MarketLimits.RoundsMax,
            static l => l.Rounds, static (l, v) => l with { Rounds = v }),
    ];

    /// <summary>Why these limits cannot be, as a sentence; null where they can.</summary>
    public string? Fault() => All.Select(limit => limit.FaultOf(limit.Of(this))).FirstOrDefault(static f => f is not null);

    /// <summary>Sets limits from words such as `rounds=50`, each at most once.</summary>
    /// <param name="words">The words.</param>
    /// <returns>The limits, or what is wrong with a word and what would be right.</returns>
    public static (OperatorLimits? Limits, string? Error) Parse(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        var limits = new OperatorLimits();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var parts = word.Split('=', 2);
            if (All.FirstOrDefault(limit => limit.Name == parts[0]) is not { } limit)
            {
                return (null, $"'{parts[0]}' is no limit; there are {string.Join(", ", All.Select(static l => l.Name))}.");
            }

            if (parts.Length < 2 || limit.Read(parts[1]) is not { } value)
            {
                return (null, $"'{word}' is no limit; write {limit.Name}=N with {limit.Range}.");
            }

            if (!named.Add(limit.Name))
            {
                return (null, $"{limit.Name} is given twice; give it once.");
            }

            limits = limit.With(limits, value);
        }

        return (limits, null);
    }
}
