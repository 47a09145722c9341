using System.Globalization;
using System.Text;

namespace Market.Grains.Searching;

/// <summary>
/// Takes texts apart into words: runs of letters, digits and the marks on them, folded. Everything else only separates,
/// so there is no syntax that a text could use.
/// </summary>
public static class SearchWords
{
    /// <summary>Characters that are kept of a word; longer ones are no words of any language.</summary>
    public const int LengthMax = 40;

    private const int FirstMark = 0x0300;
    private const int LastMark = 0x036F;

    /// <summary>Adds a text's words in their order.</summary>
    public static void AddTo(ICollection<string> words, ReadOnlySpan<char> text)
    {
        ArgumentNullException.ThrowIfNull(words);
        Span<char> word = stackalloc char[LengthMax];
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsOfWord(rune))
            {
                End(words, word, ref length);
            }
            else if (rune.Value is < FirstMark or > LastMark)
            {
                var folded = WordFolding.Fold(rune);
                if (length + folded.Utf16SequenceLength <= LengthMax)
                {
                    length += folded.EncodeToUtf16(word[length..]);
                }
            }
        }

        End(words, word, ref length);
    }

    /// <summary>
    /// A name as names are compared: its words, one space apart. A name without words is itself, in lower case.
    /// </summary>
    public static string Normalize(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var words = new List<string>();
        AddTo(words, name);
        return words.Count > 0 ? string.Join(' ', words) : name.Trim().ToLowerInvariant();
    }

    private static void End(ICollection<string> words, ReadOnlySpan<char> word, ref int length)
    {
        if (length > 0)
        {
            words.Add(new string(word[..length]));
            length = 0;
        }
    }

    private static bool IsOfWord(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value)
        : Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.OtherNumber; // letters, marks, numbers come first
}
