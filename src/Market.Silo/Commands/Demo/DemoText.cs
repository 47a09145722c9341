using System.Globalization;
using System.Text;
using Market.Domain;

namespace Market.Silo.Commands.Demo;

/// <summary>
/// Brings the texts of a data set into the forms that a market takes, and amounts into those that people read.
/// </summary>
internal static class DemoText
{
    /// <summary>A name of at most <see cref="MarketLimits.NameLengthMax"/> characters on one line.</summary>
    public static string NameOf(string text)
    {
        var name = Clip(text.ReplaceLineEndings(" ").Replace('\t', ' '), MarketLimits.NameLengthMax);
        return Names.IsValid(name) ? name : "unnamed";
    }

    /// <summary>A text of at most <see cref="MarketLimits.TextLengthMax"/> characters.</summary>
    public static string TextOf(string text) => Clip(text.ReplaceLineEndings("\n"), MarketLimits.TextLengthMax);

    /// <summary>The handle of an id's owner: the id itself where it is one, else one made from it.</summary>
    public static string HandleOf(string id) =>
        Names.IsHandle(id) ? id : $"agent-{Hash256.Of(Encoding.UTF8.GetBytes(id))}";

    /// <summary>Cents as dollars, for example "1,234.50".</summary>
    public static string DollarsOf(long cents) => (cents / 100m).ToString("N2", CultureInfo.InvariantCulture);

    private static string Clip(string text, int lengthMax)
    {
        var taken = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var character = rune.ToString();
            if (taken.Length + character.Length > lengthMax)
            {
                break;
            }

            // Invisible characters, for example: the market takes none.
            taken.Append(Names.IsText(character) ? character : string.Empty);
        }

        return taken.ToString();
    }
}
