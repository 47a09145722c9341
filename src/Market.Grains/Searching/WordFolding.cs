using System.Collections.Frozen;
using System.Text;

namespace Market.Grains.Searching;

/// <summary>
/// Folds letters for comparison: upper to lower case, and Latin letters to those without accents. The same as SQLite's
/// tokenizer <c>unicode61 remove_diacritics 2</c>, which a test compares it with: this program runs without culture
/// data, and the framework takes no letters apart then.
/// </summary>
public static class WordFolding
{
    private static readonly FrozenDictionary<char, char> Plain = Pairs(
        "aàáâãäåāăąǎǟǻȁȃȧḁạảấầẩẫậắằẳẵặ", "bḃḅḇ", "cçćĉċčḉ", "dďḋḍḏḑḓ", "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "fḟ", "gĝğġģǧǵḡ",
        "hĥȟḣḥḧḩḫẖ", "iìíîïĩīĭįİǐȉȋḭḯỉị", "jĵǰ", "kķǩḱḳḵ", "lĺļľḷḹḻḽ", "mḿṁṃ", "nñńņňǹṅṇṉṋ",
        "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ", "pṕṗ", "rŕŗřȑȓṙṛṝṟ", "sśŝşšſșṡṣṥṧṩẛ", "tţťțṫṭṯṱẗ",
        "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "vṽṿ", "wŵẁẃẅẇẉẘ", "xẋẍ", "yýÿŷȳẏẙỳỵỷỹ", "zźżžẑẓẕ",
        "βϐ", "εϵ", "θϑ", "ι\u1FBE", "κϰ", "μ\u00B5", "πϖ", "ρϱ", "σς", "φϕ");

    /// <summary>A letter as it is compared.</summary>
    public static Rune Fold(Rune letter)
    {
        var lower = Rune.ToLowerInvariant(letter);
        return lower.IsBmp && !lower.IsAscii && Plain.TryGetValue((char)lower.Value, out var plain)
            ? new Rune(plain)
            : lower;
    }

    private static FrozenDictionary<char, char> Pairs(params ReadOnlySpan<string> groups)
    {
        var pairs = new Dictionary<char, char>();
        foreach (var group in groups)
        {
            foreach (var accented in group.AsSpan(1))
            {
                pairs.Add(accented, group[0]);
            }
        }

        return pairs.ToFrozenDictionary();
    }
}
