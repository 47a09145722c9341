namespace Market.Silo.Commands.Audit.Reading;

/// <summary>An agent was registered.</summary>
internal sealed record AgentRegistered(
    Moment At,
    AgentNumber Number,
    PrincipalNumber Principal,
    Hash32 KeyThumbprint,
    byte[] PublicKey,
    string PrincipalHandle,
    bool IsNewPrincipal)
{
    public static AgentRegistered Read(Moment at, ref FormReader reader)
    {
        var count = reader.BeginArray(required: 5);
        var (number, principal) = (reader.Agent(), reader.Principal());
        var (thumbprint, key) = (reader.Hash(), reader.Binary().ToArray());
        var parts = reader.BeginArray(required: 2);
        reader.Skip(); // the agent's name
        var handle = reader.Text();
        reader.EndArray(parts - 2);
        reader.EndArray(count - 5);
        return new AgentRegistered(at, number, principal, thumbprint, key, handle, reader.Bool());
    }
}

/// <summary>A seller added a listing, or a buyer a request; whose it is, is all that the audit compares.</summary>
internal sealed record SubjectAdded(Moment At, AgentNumber Agent, bool IsListing)
{
    public static SubjectAdded Read(Moment at, ref FormReader reader, bool isListing)
    {
        var count = reader.BeginArray(required: 4);
        reader.Skip(); // its id
        if (isListing)
        {
            reader.Skip(); // its version
        }

        var agent = reader.Agent();
        reader.EndArray(count - (isListing ? 3 : 2));
        return new SubjectAdded(at, agent, isListing);
    }
}

/// <summary>A stream learned the ledger's answer to a command.</summary>
internal sealed record LedgerCommandAnswered(Moment At);
