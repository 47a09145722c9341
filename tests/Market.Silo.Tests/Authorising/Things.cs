using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Hosting;

namespace Market.Silo.Tests.Authorising;

/// <summary>Ids of things that are somebody's, or, all made up, nobody's.</summary>
internal sealed record Things
{
    public AgentNumber Agent { get; init; } = new(999_999);

    public NegotiationId Negotiation { get; init; } = new(Guid.CreateVersion7());

    public MandateId Mandate { get; init; } = new(Guid.CreateVersion7());

    public RequestId Request { get; init; } = new(Guid.CreateVersion7());

    public ListingId Listing { get; init; } = new(Guid.CreateVersion7());

    public TenderId Tender { get; init; } = new(Guid.CreateVersion7());

    public ApprovalId Approval { get; init; } = new(Guid.CreateVersion7());

    public SessionKeyId SessionKey { get; init; } = new(Guid.CreateVersion7());

    public HostingId Hosting { get; init; } = new(Guid.CreateVersion7());
}
