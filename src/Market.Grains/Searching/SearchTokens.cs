using System.Globalization;

namespace Market.Grains.Searching;

/// <summary>
/// What the full-text index holds: each word, and each fact that can be required, as one token of ASCII letters, digits
/// and '~'. No parser or tokenizer of a database ever sees anything that an agent wrote.
/// </summary>
internal static class SearchTokens
{
    private const ulong FnvBasis = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>The token of a word: itself where it is ASCII, else a hash of it.</summary>
    public static string OfWord(string word)
    {
        foreach (var c in word)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
            {
                return Hashed('w', word);
            }
        }

        return word;
    }

    /// <summary>The token of a category.</summary>
    public static string OfCategory(string category) => Hashed('c', SearchWords.Normalize(category));

    /// <summary>The token of a line's name.</summary>
    public static string OfLine(string name) => Hashed('l', SearchWords.Normalize(name));

    /// <summary>The token of an attribute with its value.</summary>
    public static string OfAttribute(string name, string value) =>
        Hashed('a', $"{SearchWords.Normalize(name)}={SearchWords.Normalize(value)}");

    /// <summary>
    /// A token's place among a document's features. Two tokens with one place would only share their weight.
    /// </summary>
    public static uint PlaceOf(string token)
    {
        unchecked
        {
            var hash = Fnv(token);
            return (uint)(hash ^ (hash >> 32));
        }
    }

    private static string Hashed(char kind, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"~{kind}{Fnv(text):x16}");

    private static ulong Fnv(string text)
    {
        unchecked
        {
            var hash = FnvBasis;
            foreach (var c in text)
            {
                hash = (hash ^ c) * FnvPrime;
            }

            return hash;
        }
    }
}
