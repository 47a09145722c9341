namespace Market.Silo.Commands.Audit.Reading;

/// <summary>A principal's word that an agent acts for it, with its signature.</summary>
internal sealed record SignedEnrolmentOfAgent(byte[] Document, byte[] PublicKey, byte[] Signature)
{
    public static SignedEnrolmentOfAgent Read(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 3);
        var signed = new SignedEnrolmentOfAgent(
            reader.Binary().ToArray(), reader.Binary().ToArray(), reader.Binary().ToArray());
        reader.EndArray(count - 3);
        return signed;
    }
}

/// <summary>What a principal signs about an agent; the profile as its bytes.</summary>
internal sealed record EnrolmentDocument(Hash32 AgentKey, byte[] Profile, Moment NotBefore, Moment ExpiresAt)
{
    /// <exception cref="UnreadableException">The bytes are none.</exception>
    public static EnrolmentDocument Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new FormReader(bytes);
        var count = reader.BeginArray(required: 4);
        var document = new EnrolmentDocument(
            reader.Hash(), reader.SkipTaking().ToArray(), reader.Moment(), reader.Moment());
        reader.EndArray(count - 4);
        reader.End();
        return document;
    }
}

/// <summary>What is signed for another key of an agent; the overlap in ticks.</summary>
internal sealed record AgentKeyDocument(
    AgentNumber Agent, Hash32 Key, Hash32? Replaces, long Overlap, Moment ExpiresAt)
{
    /// <exception cref="UnreadableException">The bytes are none.</exception>
    public static AgentKeyDocument Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new FormReader(bytes);
        var count = reader.BeginArray(required: 5);
        var (agent, key) = (reader.Agent(), Hash32.Of(reader.Binary()));
        Hash32? replaces = reader.TryNil() ? null : reader.Hash();
        var document = new AgentKeyDocument(agent, key, replaces, reader.Int64(), reader.Moment());
        reader.EndArray(count - 5);
        reader.End();
        return document;
    }
}

/// <summary>An agent has another key.</summary>
internal sealed record AgentKeyEnrolled(
    Moment At,
    AgentNumber Agent,
    byte[] PublicKey,
    Hash32? Replaced,
    Moment? ReplacedEndsAt,
    byte[] Document,
    byte[] Proof,
    byte[] Authorization,
    Hash32 AuthorizedBy) : DirectoryFact(At)
{
    public static AgentKeyEnrolled Read(Moment at, ref FormReader reader)
    {
        var (agent, key) = (reader.Agent(), reader.Binary().ToArray());
        Hash32? replaced = reader.TryNil() ? null : reader.Hash();
        return new AgentKeyEnrolled(
            at, agent, key, replaced, reader.OptionalMoment(), reader.Binary().ToArray(), reader.Binary().ToArray(),
            reader.Binary().ToArray(), reader.Hash());
    }
}

/// <summary>The overlap of a key is over.</summary>
internal sealed record AgentKeyRetired(Moment At, AgentNumber Agent, Hash32 Key) : DirectoryFact(At)
{
    public static AgentKeyRetired Read(Moment at, ref FormReader reader) => new(at, reader.Agent(), reader.Hash());
}

/// <summary>A key was taken back.</summary>
internal sealed record AgentKeyRevoked(Moment At, AgentNumber Agent, Hash32 Key) : DirectoryFact(At)
{
    public static AgentKeyRevoked Read(Moment at, ref FormReader reader) => new(at, reader.Agent(), reader.Hash());
}

/// <summary>Whom an agent deals with, or whom the market did not admit: on record, and nothing follows.</summary>
internal sealed record AdmissionNoted(Moment At) : DirectoryFact(At);
