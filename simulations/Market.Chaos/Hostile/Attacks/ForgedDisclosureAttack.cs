using Market.Domain;
using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;

namespace Market.Chaos.Hostile.Attacks;

/// <summary>An agent says that it is another, another's, or nothing that anybody could name.</summary>
internal sealed class ForgedDisclosureAttack : Attack
{
    /// <inheritdoc/>
    public override string Name => "forged-disclosure";

    /// <inheritdoc/>
    public override async Task RunAsync(Uri market, AttackSize size, AttackLog log)
    {
        var handle = Handle("honest");
        await using var honest = await WireAgent.RegisterAsync(market, AgentRole.Buyer, handle);
        var profile = Wares.Profile(AgentRole.Buyer, handle);
        log.Expect(
            "the same key as another model",
            await honest.AskAsync(honest.Enrol(profile with { Disclosure = new Disclosure("Chaos", "other", "2") })),
            nameof(EnrolmentRefusal.KeyRegisteredWithAnotherProfile));
        log.Expect(
            "the same key on the other side",
            await honest.AskAsync(honest.Enrol(profile with { Role = AgentRole.Seller })),
            nameof(EnrolmentRefusal.KeyRegisteredWithAnotherProfile));

        await using var forger = await WireAgent.AuthenticateAsync(market);
        log.Expect(
            "another's principal", await forger.AskAsync(forger.Enrol(profile)),
            nameof(EnrolmentRefusal.PrincipalBelongsToAnotherKey));
        log.Expect(
            "nobody as operator and model",
            await forger.AskAsync(forger.Enrol(
                Wares.Profile(AgentRole.Buyer, Handle("forger")) with { Disclosure = new Disclosure("", "", "") })),
            nameof(EnrolmentRefusal.DisclosureRequired), nameof(EnrolmentRefusal.ProfileIsInvalid));
        await ForgeEnrolmentsAsync(honest, forger, log);
        foreach (var name in (string[])["Acme\u200b Ltd", "Acme\u202e dtL", "Acme\u0000", "A\u0301cme"])
        {
            log.Expect(
                $"the operator '{Escaped(name)}'",
                await forger.AskAsync(forger.Enrol(Wares.Profile(AgentRole.Buyer, Handle("forger")) with
                {
                    Disclosure = new Disclosure(name, "script", "1"),
                })),
                nameof(EnrolmentRefusal.ProfileIsInvalid), nameof(GatewayRefusal.FrameIsInvalid),
                nameof(EnrolmentRefusal.DisclosureRequired));
        }

        foreach (var other in (string[])["Alice", "\u0430lice", "\uff41lice", "ali ce", "alice\u200d", ""])
        {
            log.Expect(
                $"the handle '{Escaped(other)}'",
                await forger.AskAsync(forger.Enrol(Wares.Profile(AgentRole.Buyer, other) with { Name = "forger" })),
                nameof(EnrolmentRefusal.ProfileIsInvalid));
        }
    }

    /// <summary>Enrolments of others, for others, elsewhere and long ago.</summary>
    private static async Task ForgeEnrolmentsAsync(WireAgent honest, WireAgent forger, AttackLog log)
    {
        var mine = Wares.Profile(AgentRole.Buyer, Handle("forger"));
        log.Expect(
            "no enrolment", await forger.AskAsync(new Register(mine)), nameof(EnrolmentRefusal.EnrolmentRequired));
        log.Expect(
            "an enrolment that says another model", await forger.AskAsync(new Register(
                mine, forger.Enrolment(mine with { Disclosure = new Disclosure("Chaos", "other", "2") }))),
            nameof(EnrolmentRefusal.EnrolmentProfileDiffers));
        log.Expect(
            "another's enrolment", await forger.AskAsync(new Register(mine, honest.Enrolment(mine))),
            nameof(EnrolmentRefusal.EnrolmentIsForAnotherKey));
        log.Expect(
            "one for another market", await forger.AskAsync(new Register(
                mine, forger.Enrolment(mine, market: new MarketId(Guid.CreateVersion7())))),
            nameof(EnrolmentRefusal.EnrolmentSignatureIsWrong));
        var enrolment = forger.Enrolment(mine);
        log.Expect(
            "one whose signer is named wrongly", await forger.AskAsync(new Register(
                mine, enrolment with { PublicKey = honest.Key.ExportSubjectPublicKeyInfo() })),
            nameof(EnrolmentRefusal.EnrolmentSignatureIsWrong));
        log.Expect(
            "one of yesterday", await forger.AskAsync(new Register(
                mine, forger.Enrolment(mine, age: TimeSpan.FromDays(1)))),
            nameof(EnrolmentRefusal.EnrolmentHasExpired));
    }

    private static string Escaped(string text) =>
        string.Concat(text.Select(static c => c is >= ' ' and <= '~' ? c.ToString() : $"\\u{(int)c:x4}"));
}
