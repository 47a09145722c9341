namespace Market.Silo.Commands.Audit.Reading;

/// <summary>A fact of the directory.</summary>
internal abstract record DirectoryFact(Moment At);

/// <summary>An agent was registered.</summary>
internal sealed record AgentRegistered(
    Moment At,
    AgentNumber Number,
    PrincipalNumber Principal,
    Hash32 KeyThumbprint,
    byte[] PublicKey,
    string PrincipalHandle,
    bool IsNewPrincipal,
    byte[] Profile,
    SignedEnrolmentOfAgent? Enrolment) : DirectoryFact(At)
{
    /// <summary>Elements that are read of one that has so many: older rows have no enrolment.</summary>
    public static int ElementsRead(int count) => Math.Min(count, 4);

    public static AgentRegistered Read(Moment at, int elements, ref FormReader reader)
    {
        var count = reader.BeginArray(required: 5);
        var (number, principal) = (reader.Agent(), reader.Principal());
        var (thumbprint, key) = (reader.Hash(), reader.Binary().ToArray());
        var profile = reader.SkipTaking().ToArray();
        reader.EndArray(count - 5);
        var isNew = reader.Bool();
        var enrolment = elements > 3 ? reader.Optional(SignedEnrolmentOfAgent.Read) : null;
        return new AgentRegistered(
            at, number, principal, thumbprint, key, HandleIn(profile), isNew, profile, enrolment);
    }

    private static string HandleIn(byte[] profile)
    {
        var reader = new FormReader(profile);
        reader.BeginArray(required: 2);
        reader.Skip(); // the agent's name
        return reader.Text();
    }
}

/// <summary>A buyer added a request; whose it is, is all that the audit compares.</summary>
internal sealed record RequestAdded(Moment At, AgentNumber Agent)
{
    public static RequestAdded Read(Moment at, ref FormReader reader)
    {
        var count = reader.BeginArray(required: 4);
        reader.Skip(); // its id
        var agent = reader.Agent();
        reader.EndArray(count - 2);
        return new RequestAdded(at, agent);
    }
}

/// <summary>What happened to a listing.</summary>
internal enum ListingStep : byte
{
    Added = 1,
    Changed = 2,
    Ended = 3,
    ChangeBegun = 4,
}

/// <summary>A seller added, changed or withdrew a listing; of its end the seller is not said.</summary>
internal sealed record ListingFact(Moment At, ListingStep Step, Guid Listing, int Version, AgentNumber? Seller)
{
    public static ListingFact Read(Moment at, ListingStep step, ref FormReader reader)
    {
        if (step == ListingStep.Ended)
        {
            return new ListingFact(at, step, reader.Id(), reader.Int32(), Seller: null);
        }

        var count = reader.BeginArray(required: 5);
        var (id, version, seller) = (reader.Id(), reader.Int32(), reader.Agent());
        reader.EndArray(count - 3);
        return new ListingFact(at, step, id, version, seller);
    }
}

/// <summary>A stream learned the ledger's answer to a command.</summary>
internal sealed record LedgerCommandAnswered(Moment At);
