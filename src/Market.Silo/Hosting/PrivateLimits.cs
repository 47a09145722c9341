using System.Security.Cryptography;
using Market.Domain;
using Market.Domain.Hosting;
using Market.Domain.Wire;

namespace Market.Silo.Hosting;

/// <summary>A record of the private table: a random salt, then the wire form of a utility.</summary>
/// <param name="Salt">Random, so that nobody can try out utilities against the commitment.</param>
/// <param name="Utility">The wire form.</param>
internal sealed record PrivateLimits(byte[] Salt, byte[] Utility)
{
    /// <summary>Bytes of a salt.</summary>
    public const int SaltBytes = 32;

    /// <summary>The record of a utility.</summary>
    public static PrivateLimits Make(HostedUtility utility, byte[] salt) => new(salt, WireFormat.Encode(utility));

    /// <summary>What a stored record holds; null where there is none, or it is none.</summary>
    public static PrivateLimits? Read(byte[]? record) =>
        record is { Length: > SaltBytes } ? new PrivateLimits(record[..SaltBytes], record[SaltBytes..]) : null;

    /// <summary>The bytes to store.</summary>
    public byte[] ToRecord() => [.. Salt, .. Utility];

    /// <summary>All that the journal has of it.</summary>
    public Hash256 Commitment() => Hash256.FromBytes(SHA256.HashData(ToRecord()));

    /// <summary>Whether it holds a utility.</summary>
    public bool IsOf(HostedUtility utility) => Utility.AsSpan().SequenceEqual(WireFormat.Encode(utility));

    /// <summary>The utility; null where the bytes are none.</summary>
    public HostedUtility? Decode()
    {
        try
        {
            return WireFormat.Decode<HostedUtility>(Utility);
        }
        catch (WireFormatException)
        {
            return null; // which ends the hosting, and the agent is told
        }
    }
}
