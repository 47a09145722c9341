using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Wire.Messages;

namespace Market.Grains.Tests.Searching;

/// <summary>Listings and queries of few words, so that much matches and many rank the same.</summary>
internal sealed class Wares(int seed)
{
    private static readonly string[] Words =
        ["red", "bike", "lamp", "large", "café", "straße", "old", "desk", "東京", "fast", "x1", "table"];

    private static readonly ListingAttribute[] Facts =
        [new("colour", "red"), new("colour", "blue"), new("fast", "true"), new("size", "XL")];

    private readonly Random _random = new(seed);

    public ListingDraft NextDraft() => CatalogBench.Draft(
        NextText(1, 4), NextText(0, 8), $"category {_random.Next(3)}", _random.Next(1, 20)) with
    {
        Attributes = Facts.Where(_ => _random.Next(2) == 0).ToValueArray(),
        Currency = _random.Next(4) == 0 ? Currency.Of("EUR", 2) : Currency.Usd,
    };

    public SearchListings NextQuery()
    {
        var least = _random.Next(1, 20);
        var hasPrice = _random.Next(3) == 0;
        return new SearchListings(
            _random.Next(3) == 0 ? null : NextText(0, 3),
            _random.Next(4) == 0 ? $"Category {_random.Next(3)}" : null,
            [],
            Facts.Where(_ => _random.Next(8) == 0).ToValueArray(),
            null,
            _random.Next(1, 12),
            Facts.Where(_ => _random.Next(4) == 0).ToValueArray(),
            hasPrice || _random.Next(4) == 0 ? Currency.Usd : null,
            hasPrice ? least : null,
            hasPrice ? _random.Next(least, 21) : null);
    }

    public int Next(int max) => _random.Next(max);

    private string NextText(int least, int most) => string.Join(
        ' ', Enumerable.Range(0, _random.Next(least, most + 1)).Select(_ => Words[_random.Next(Words.Length)]));
}
