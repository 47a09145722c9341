using Market.Domain.Listings;

namespace Market.Grains.Searching;

/// <summary>What a catalogue answers: what was asked for, or why not.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Found">It; null for a refusal.</param>
/// <param name="Refusal">Why it is refused; null where it is not.</param>
/// <param name="Detail">What would be right, as a sentence; null where the refusal says it.</param>
public readonly record struct CatalogAnswer<T>(T? Found, SearchRefusal? Refusal = null, string? Detail = null)
    where T : class;
