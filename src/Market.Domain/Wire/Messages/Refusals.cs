using System.Text;

namespace Market.Domain.Wire.Messages;

/// <summary>Turns a refusal of any subject into the one answer that every surface gives.</summary>
public static class Refusals
{
    /// <summary>
    /// The answer to a refusal: its number, its name, and its name as a sentence, with what may be added.
    /// </summary>
    /// <param name="refusal">A member of a refusal enumeration; its name is a sentence.</param>
    /// <param name="detail">What would be right, or the numbers involved that the caller may see; a sentence, or
    /// null.</param>
    /// <param name="retryAfter">When trying again makes sense.</param>
    /// <param name="fields">What is wrong field by field.</param>
    public static Refused Of(
        Enum refusal,
        string? detail = null,
        TimeSpan? retryAfter = null,
        ValueArray<FieldProblem> fields = default)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var name = refusal.ToString();
        var sentence = SentenceOf(name);
        return new Refused(
            Convert.ToInt32(refusal, System.Globalization.CultureInfo.InvariantCulture),
            name,
            detail is null ? sentence : $"{sentence} {detail}",
            retryAfter,
            fields);
    }

    /// <summary>"OfferHasExpired" as "Offer has expired."</summary>
    private static string SentenceOf(string name)
    {
        var sentence = new StringBuilder(name.Length + 8);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && sentence.Length > 0)
            {
                sentence.Append(' ').Append(char.ToLowerInvariant(c));
            }
            else
            {
                sentence.Append(c);
            }
        }

        return sentence.Append('.').ToString();
    }
}
