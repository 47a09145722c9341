using Part = Market.Silo.Commands.Audit.Reading.NegotiationPartReader;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>What an agent lets a key of the market's do, as the directory has it and as the agent signed it.</summary>
internal sealed record SessionKeyBounds(Guid Id, MandateId Mandate, Moment ExpiresAt, byte Actions);

/// <summary>An agent has let a key of the market's sign for it.</summary>
internal sealed record SessionKeyEnrolled(
    Moment At,
    SessionKeyBounds Bounds,
    AgentNumber Agent,
    byte[] PublicKey,
    Guid Message,
    ulong DigestHigh,
    ulong DigestLow,
    Evidence Evidence) : DirectoryFact(At)
{
    public static SessionKeyEnrolled Read(Moment at, ref FormReader reader)
    {
        var count = reader.BeginArray(required: 6);
        var (id, agent, publicKey) = (reader.Id(), reader.Agent(), reader.Binary().ToArray());
        var bounds = new SessionKeyBounds(id, new(reader.Id()), reader.Moment(), reader.Member(SessionKeys.All));
        reader.EndArray(count - 6);
        var message = reader.Id();
        var parts = reader.BeginArray(required: 2);
        var (high, low) = (reader.UInt64(), reader.UInt64());
        reader.EndArray(parts - 2);
        return new SessionKeyEnrolled(at, bounds, agent, publicKey, message, high, low, Part.Evidence(ref reader));
    }
}

/// <summary>An agent has taken a session key back.</summary>
internal sealed record SessionKeyRevoked(Moment At, AgentNumber Agent, Guid Key) : DirectoryFact(At)
{
    public static SessionKeyRevoked Read(Moment at, ref FormReader reader) => new(at, reader.Agent(), reader.Id());
}

/// <summary>An enrolment as its agent signed it.</summary>
internal sealed record SignedEnrolment(Guid Message, byte[] PublicKey, SessionKeyBounds Bounds) : SignedAct(Message)
{
    public static SignedEnrolment Read(ref FormReader reader, int count)
    {
        var (message, id, publicKey) = (reader.Id(), reader.Id(), reader.Binary().ToArray());
        var (mandate, expiresAt) = (new MandateId(reader.Id()), reader.Moment());
        var actions = count > 5 ? reader.Member(SessionKeys.All) : SessionKeys.All;
        return new SignedEnrolment(message, publicKey, new SessionKeyBounds(id, mandate, expiresAt, actions));
    }
}

/// <summary>
/// Something about a strategy that an agent has left with the market; whose it is, is all that counts.
/// </summary>
internal sealed record HostingFact(Moment At, AgentNumber Agent)
{
    public static HostingFact Read(Moment at, ref FormReader reader) => new(at, reader.Agent());
}

/// <summary>What a session key may sign, as flags.</summary>
internal static class SessionKeys
{
    public const byte Offer = 1;
    public const byte Accept = 2;
    public const byte All = Offer | Accept;
}
