namespace Market.Domain.Enrolling;

/// <summary>What an agent does in the market.</summary>
public enum AgentRole : byte
{
    /// <summary>It publishes requests, opens negotiations and pays.</summary>
    Buyer = 1,

    /// <summary>It publishes listings and delivers.</summary>
    Seller = 2,
}

/// <summary>What an agent declares about itself; counterparties see it.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Principal">The handle of the person or company that it acts for: a–z, 0–9, '-' and '_'.</param>
/// <param name="Role">Buyer or seller.</param>
/// <param name="Disclosure">Who operates it and what decides in it.</param>
public sealed record AgentProfile(string Name, string Principal, AgentRole Role, Disclosure Disclosure);

/// <summary>Who operates an agent and what decides in it. An agent must say that it is one.</summary>
/// <param name="Operator">Who runs the program.</param>
/// <param name="Model">The model or strategy that decides, such as "negmas:Linear".</param>
/// <param name="Version">Its version; empty where it has none.</param>
/// <param name="DeclaredAi">Whether it is an artificial agent rather than a person at a keyboard.</param>
public sealed record Disclosure(string Operator, string Model, string Version, bool DeclaredAi = true);

/// <summary>A registered agent.</summary>
/// <param name="Number">Its number in the market.</param>
/// <param name="Principal">Its principal's number.</param>
/// <param name="KeyThumbprint">SHA-256 of its public key's SubjectPublicKeyInfo.</param>
/// <param name="PublicKey">The SubjectPublicKeyInfo of its P-256 key, DER.</param>
/// <param name="Profile">What it declared.</param>
public sealed record Agent(
    AgentNumber Number,
    PrincipalNumber Principal,
    Hash256 KeyThumbprint,
    ReadOnlyMemory<byte> PublicKey,
    AgentProfile Profile);
