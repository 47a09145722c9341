using Part = Market.Silo.Commands.Audit.Reading.NegotiationPartReader;

namespace Market.Silo.Commands.Audit.Reading;

/// <summary>What a principal signed, and its signature.</summary>
internal sealed record GrantedApproval(Guid Id, Hash32 TermsHash, byte[] Document, byte[] Signature)
{
    public static GrantedApproval Read(ref FormReader reader)
    {
        var count = reader.BeginArray(required: 4);
        var approval = new GrantedApproval(
            reader.Id(), reader.Hash(), reader.Binary().ToArray(), reader.Binary().ToArray());
        reader.EndArray(count - 4);
        return approval;
    }
}

/// <summary>The document of an approval.</summary>
internal sealed record ApprovalDocument(
    PrincipalNumber Principal,
    AgentNumber Agent,
    MandateId Mandate,
    NegotiationId Negotiation,
    Hash32 TermsHash,
    Amount Total,
    Moment ExpiresAt)
{
    /// <exception cref="UnreadableException">The bytes are none.</exception>
    public static ApprovalDocument Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new FormReader(bytes);
        var count = reader.BeginArray(required: 7);
        var document = new ApprovalDocument(
            reader.Principal(), reader.Agent(), new MandateId(reader.Id()), new NegotiationId(reader.Id()),
            reader.Hash(), reader.Amount(), reader.Moment());
        reader.EndArray(count - 7);
        reader.End();
        return document;
    }
}

/// <summary>An event of a principal's approvals.</summary>
internal abstract record ApprovalFact(Moment At, Guid Id)
{
    /// <summary>How many elements an event's kind has; 0 where it is none that is known here.</summary>
    public static int ElementsOf(int kind) => kind switch { 420 => 7, 421 => 6, 422 => 4, 423 => 3, _ => 0 };

    /// <summary>The event of a kind whose elements stand here, and how many of them were read.</summary>
    public static ApprovalFact Read(int kind, Moment at, ref FormReader reader, out int read)
    {
        read = ElementsOf(kind);
        var id = reader.Id();
        if (kind == 423)
        {
            return new ApprovalExpired(at, id, reader.Bool());
        }

        reader.Skip(); // the message id of the act
        reader.Skip(); // its digest
        if (kind == 422)
        {
            return new ApprovalDenied(at, id);
        }

        var end = reader.Moment();
        if (kind == 421)
        {
            return new ApprovalGranted(at, id, end, GrantedApproval.Read(ref reader));
        }

        var requested = ApprovalRequested.Read(at, id, end, ref reader);
        reader.Skip(); // names, for people
        return requested;
    }
}

internal sealed record ApprovalRequested(
    Moment At,
    Guid Id,
    Moment EndsAt,
    AgentNumber Agent,
    PrincipalNumber Principal,
    MandateId Mandate,
    NegotiationId Negotiation,
    Hash32 TermsHash,
    Amount Total) : ApprovalFact(At, Id)
{
    public static ApprovalRequested Read(Moment at, Guid id, Moment endsAt, ref FormReader reader)
    {
        var count = reader.BeginArray(required: 10);
        var (agent, principal, mandate) = (reader.Agent(), reader.Principal(), new MandateId(reader.Id()));
        reader.Party();
        var negotiation = new NegotiationId(reader.Id());
        var subject = Part.Subject(ref reader);
        var terms = Part.Terms(ref reader);
        var hash = reader.Hash();
        reader.EndArray(count - 8);
        return new ApprovalRequested(
            at, id, endsAt, agent, principal, mandate, negotiation, hash,
            new Amount(terms.TotalMinorUnits, subject.Agenda.Currency));
    }
}

internal sealed record ApprovalGranted(Moment At, Guid Id, Moment ExpiresAt, GrantedApproval Approval)
    : ApprovalFact(At, Id);

internal sealed record ApprovalDenied(Moment At, Guid Id) : ApprovalFact(At, Id);

internal sealed record ApprovalExpired(Moment At, Guid Id, bool WasGranted) : ApprovalFact(At, Id);

/// <summary>A principal has a key of its own, or another one.</summary>
internal sealed record PrincipalKeyEnrolled(
    Moment At, PrincipalNumber Principal, byte[] PublicKey, int Revision, byte[] Proof, byte[] Authorization)
    : DirectoryFact(At)
{
    public static PrincipalKeyEnrolled Read(Moment at, ref FormReader reader) => new(
        at, reader.Principal(), reader.Binary().ToArray(), reader.Int32(), reader.Binary().ToArray(),
        reader.Binary().ToArray());
}
