using System.Text;
using System.Text.RegularExpressions;

namespace Market.Domain.Tests.Tidy;

/// <summary>A member of a type: where its header starts and how many lines it has.</summary>
internal readonly record struct Member(int Line, int Length, string Header)
{
    /// <summary>Whether it is a table of values rather than something that runs.</summary>
    public bool IsData => Regex.IsMatch(Header, @"=\s*new\b[^=]*$");
}

/// <summary>
/// Reads C# as far as tidiness needs it: what is code and what is text, and where members begin and end. It knows
/// comments, characters, plain, verbatim, raw and interpolated strings, and braces.
/// </summary>
internal static partial class SourceScanner
{
    /// <summary>The code with comments and contents of strings blanked out; its lines stay where they are.</summary>
    public static string WithoutTexts(string source)
    {
        var code = new StringBuilder(source.Length);
        for (var at = 0; at < source.Length;)
        {
            var end = EndOfText(source, at);
            if (end == at)
            {
                code.Append(source[at++]);
                continue;
            }

            foreach (var c in source.AsSpan(at, end - at))
            {
                code.Append(c == '\n' ? '\n' : ' ');
            }

            at = end;
        }

        return code.ToString();
    }

    /// <summary>
    /// The members of types that have a body in braces, a switch expression's included. A block right under a type is a
    /// member; a block that names a type is a type.
    /// </summary>
    public static List<Member> MembersOf(string code)
    {
        var members = new List<Member>();
        var open = new Stack<(int Start, bool IsType, string Header)>();
        var start = 0;
        for (var at = 0; at < code.Length; at++)
        {
            switch (code[at])
            {
                case '{':
                    var header = code[start..at];
                    open.Push((start + LeadingSpace(header), TypeHeader().IsMatch(header), header.Trim()));
                    start = at + 1;
                    break;
                case '}' when open.Count > 0:
                    var block = open.Pop();
                    if (!block.IsType && open.Count > 0 && open.Peek().IsType)
                    {
                        var lines = code.AsSpan(block.Start, at - block.Start).Count('\n') + 1;
                        members.Add(new Member(code.AsSpan(0, block.Start).Count('\n') + 1, lines, block.Header));
                    }

                    start = at + 1;
                    break;
                case ';':
                    start = at + 1;
                    break;
            }
        }

        return members;
    }

    /// <summary>
    /// Where the comment, character or string that starts here ends; the same place where none starts.
    /// </summary>
    private static int EndOfText(string source, int at)
    {
        if (StartsAt(source, at, "//"))
        {
            return IndexOrEnd(source, "\n", at);
        }

        if (StartsAt(source, at, "/*"))
        {
            return Math.Min(source.Length, IndexOrEnd(source, "*/", at + 2) + 2);
        }

        if (source[at] == '\'')
        {
            return EndOfQuoted(source, at, '\'');
        }

        var prefix = at;
        while (prefix < source.Length && source[prefix] is '$' or '@')
        {
            prefix++;
        }

        if (prefix >= source.Length || source[prefix] != '"')
        {
            return at;
        }

        var quotes = source.AsSpan(prefix).IndexOfAnyExcept('"');
        if (quotes >= 3)
        {
            return Math.Min(source.Length, IndexOrEnd(source, new string('"', quotes), prefix + quotes) + quotes);
        }

        var marks = source[at..prefix];
        return marks.Contains('$') ? EndOfInterpolated(source, prefix, marks.Contains('@'))
            : marks.Contains('@') ? EndOfVerbatim(source, prefix)
            : EndOfQuoted(source, prefix, '"');
    }

    private static int EndOfQuoted(string source, int at, char quote)
    {
        for (var i = at + 1; i < source.Length; i++)
        {
            if (source[i] == '\\')
            {
                i++;
            }
            else if (source[i] == quote)
            {
                return i + 1;
            }
        }

        return source.Length;
    }

    private static int EndOfVerbatim(string source, int at)
    {
        for (var i = at + 1; i < source.Length; i++)
        {
            if (source[i] == '"' && (i + 1 == source.Length || source[i + 1] != '"'))
            {
                return i + 1;
            }

            i += source[i] == '"' ? 1 : 0;
        }

        return source.Length;
    }

    private static int EndOfInterpolated(string source, int at, bool verbatim)
    {
        var holes = 0;
        for (var i = at + 1; i < source.Length; i++)
        {
            if (holes > 0 && EndOfText(source, i) is var end && end > i)
            {
                i = end - 1;
            }
            else if (holes == 0 && (StartsAt(source, i, "{{") || StartsAt(source, i, "}}")
                || (verbatim ? StartsAt(source, i, "\"\"") : source[i] == '\\')))
            {
                i++;
            }
            else if (holes == 0 && source[i] == '"')
            {
                return i + 1;
            }
            else
            {
                holes += source[i] == '{' ? 1 : source[i] == '}' ? -1 : 0;
            }
        }

        return source.Length;
    }

    private static bool StartsAt(string source, int at, string part) =>
        string.CompareOrdinal(source, at, part, 0, part.Length) == 0;

    private static int IndexOrEnd(string source, string part, int from) =>
        source.IndexOf(part, Math.Min(from, source.Length), StringComparison.Ordinal) is >= 0 and var found
            ? found
            : source.Length;

    private static int LeadingSpace(string header) => header.Length - header.TrimStart().Length;

    [GeneratedRegex(@"\b(namespace|class|struct|interface|enum|record)\s+(struct\s+|class\s+)?\w")]
    private static partial Regex TypeHeader();
}
