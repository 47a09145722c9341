using Market.Chaos.Clusters;
using Market.Client.Connecting;
using Market.Domain;
using Market.Domain.Negotiating;

namespace Market.EndToEnd.Tests.Clusters;

/// <summary>That the campaign sees a zombie which acknowledges, by planting some.</summary>
public sealed class ZombieTests
{
    private const long HeadWhenDead = 100;
    private static readonly Uri Gateway = new("http://127.0.0.1:1");
    private static readonly Uri Other = new("http://127.0.0.1:2");
    private static readonly NegotiationId Negotiation = new(Guid.Parse("11111111-2222-3333-4444-555555555555"));
    private readonly WireLog _wire = new();
    private readonly DateTimeOffset _thawed = DateTimeOffset.UtcNow;

    [Theory]
    [InlineData(1, 0)] // it was recorded before, and the answer was only late
    [InlineData(100, 0)]
    [InlineData(101, 1)]
    [InlineData(0, 1)] // the journal does not have it
    public void What_it_records_after_its_death_is_a_finding(long position, int findings)
    {
        Say(Gateway);
        Assert.Equal((1, findings), Check(position, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void What_others_record_and_what_its_successor_does_is_none()
    {
        Say(Other);
        Assert.Equal((0, 0), Check(position: 200, TimeSpan.FromMinutes(1)));
        Say(Gateway);
        Assert.Equal((0, 0), Check(position: 200, TimeSpan.Zero));
        Assert.Equal((1, 1), Check(position: 200, TimeSpan.FromMinutes(1)));
    }

    private void Say(Uri gateway) => _wire.NoteReceived(
        Frame.Encode(7, new ActRecorded(Negotiation, 3, LedgerTime.FromUtc(_thawed))), gateway);

    private (int Told, int Findings) Check(long position, TimeSpan livedOn)
    {
        var findings = new Findings();
        var told = Zombie.Check(
            [new Zombie(Gateway, HeadWhenDead, _thawed, _thawed + livedOn)], _wire.Told,
            (negotiation, version) => (negotiation, version) == (Negotiation, 3) ? position : 0, findings);
        return (told, findings.Count);
    }
}
