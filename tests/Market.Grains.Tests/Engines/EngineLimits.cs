namespace Market.Grains.Tests.Engines;

/// <summary>Limits that a conformance test asks of an engine.</summary>
/// <param name="MailboxMax">Messages that wait for one grain.</param>
/// <param name="InFlightMax">Events of one grain on their way to the journal.</param>
public sealed record EngineLimits(int MailboxMax = 10_000, int InFlightMax = 4_096);
