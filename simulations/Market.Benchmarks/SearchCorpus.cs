using System.Buffers.Binary;
using Market.Domain;
using Market.Domain.Listings;
using Market.Domain.Negotiating;

namespace Market.Benchmarks;

/// <summary>
/// Listings of realistic text: words drawn by Zipf's law as in natural text, brands and things by a flatter one,
/// categories of very different sizes, prices spread over four orders of magnitude. Listing n is always the same.
/// </summary>
internal sealed class SearchCorpus
{
    private static readonly string[] Syllables =
        ["ba", "co", "der", "el", "fi", "gra", "hu", "in", "ju", "kel", "lo", "mi", "nor", "ou", "pra", "que", "ri",
            "sta", "tu", "ver", "wo", "xi", "yl", "zen", "bran", "cle", "dro", "fen", "gil", "hor"];

    private static readonly string[] Colours = ["red", "blue", "black", "white", "green", "grey", "silver", "brown"];
    private static readonly string[] Conditions = ["new", "as new", "used", "for parts"];

    private readonly string[] _words = WordsFrom(0, 30_000);
    private readonly SearchDice _wordDice = new(30_000, 1.0);
    private readonly SearchDice _brandDice = new(2_000, 0.7);
    private readonly SearchDice _thingDice = new(40, 0.7);
    private readonly SearchDice _categoryDice = new(300, 0.9);

    /// <summary>The n-th listing, from 0.</summary>
    public Listing this[int number]
    {
        get
        {
            var random = new Random(number);
            var category = _categoryDice.Next(random);
            var draft = new ListingDraft(
                TitleOf(random, category),
                CategoryOf(category),
                DescriptionOf(random),
                [new ListingLine(ThingOf(category, _thingDice.Next(random)), PriceOf(random))],
                [
                    new ListingAttribute("colour", Colours[random.Next(Colours.Length)]),
                    new ListingAttribute("condition", Conditions[random.Next(Conditions.Length)]),
                    new ListingAttribute("warranty", random.Next(3) == 0 ? "true" : "false"),
                ],
                Currency.Usd,
                [Issue.TotalPrice(1, 0), Issue.Range("delivery days", 1, 10)],
                [0, 5],
                Stock: 5);
            return new Listing(
                IdOf(number), 1, new AgentNumber(1 + (number % 5_000)), new PrincipalNumber(1 + (number % 5_000)),
                draft);
        }
    }

    /// <summary>Ids grow with time, as a market's do.</summary>
    private static ListingId IdOf(int number)
    {
        Span<byte> id = stackalloc byte[16];
        new Random(number).NextBytes(id);
        BinaryPrimitives.WriteInt64BigEndian(id, ((0x0190_0000_0000L + number) << 16) | 0x7000);
        return new ListingId(new Guid(id, bigEndian: true));
    }

    private static long PriceOf(Random random) => (long)Math.Exp(Math.Log(200) + (random.NextDouble() * 9.2));

    private static string CategoryOf(int category) => $"{WordOf(40_000 + category)} {WordOf(41_000 + (category % 20))}";

    private static string ThingOf(int category, int thing) => WordOf(50_000 + (category * 40) + thing);

    private string TitleOf(Random random, int category)
    {
        var title = $"{WordOf(45_000 + _brandDice.Next(random))} {ThingOf(category, _thingDice.Next(random))}";
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            title += ' ' + _words[200 + random.Next(2_000)];
        }

        return title;
    }

    private string DescriptionOf(Random random) => string.Join(
        ' ', Enumerable.Range(0, random.Next(15, 60)).Select(_ => _words[_wordDice.Next(random)]));

    private static string[] WordsFrom(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(WordOf)];

    private static string WordOf(int number)
    {
        var word = "";
        for (var rest = number + Syllables.Length; rest > 0; rest /= Syllables.Length)
        {
            word += Syllables[rest % Syllables.Length];
        }

        return word;
    }
}
