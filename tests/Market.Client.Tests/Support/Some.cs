using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Client.Tests.Support;

/// <summary>Ordinary things for tests that do not care which.</summary>
internal static class Some
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static MarketId Market { get; } = new(Guid.Parse("018f0000-0000-7000-8000-000000000001"));

    public static byte[] Nonce { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static Disclosure Disclosure { get; } = new("the tests", "a script", "1");

    public static AgentKey Key { get; } = AgentKey.Create();

    public static Agent Buyer { get; } = AgentOf(1, AgentRole.Buyer);

    public static Agent Seller { get; } = AgentOf(2, AgentRole.Seller);

    public static Agenda Agenda { get; } = new(
        Currency.Usd, [Issue.TotalPrice(100, 10_000, 100), Issue.Range("delivery days", 1, 5)]);

    public static Listing Listing { get; } = new(
        new ListingId(Guid.Parse("018f0000-0000-7000-8000-000000000002")),
        Version: 1,
        Seller.Number,
        Seller.Principal,
        new ListingDraft(
            "Espresso machine", "espresso machine", "", [new ListingLine("machine", 9_900)], [], Currency.Usd,
            Agenda.Issues, [0, 3], Stock: 5));

    public static MarketClientOptions Options() => new()
    {
        RetryDelayMin = TimeSpan.FromMilliseconds(1),
        RetryDelayMax = TimeSpan.FromMilliseconds(2),
    };

    public static Outcome OutcomeOf(long price, long days = 3) => Outcome.Of(price, days);

    /// <summary>The task, which must end soon; the time is far beyond what any machine needs.</summary>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience);

    /// <inheritdoc cref="Soon{T}"/>
    public static Task Soon(this Task task) => task.WaitAsync(Patience);

    private static Agent AgentOf(int number, AgentRole role) => new(
        new AgentNumber(number), new PrincipalNumber(number), Key.Thumbprint, Key.PublicKey,
        new AgentProfile($"agent {number}", $"principal-{number}", role, Disclosure));
}
