namespace Market.Domain.Tests.Tidy;

/// <summary>The tidy tests are worth what their reading of C# is worth.</summary>
public sealed class SourceScannerTests
{
    [Theory]
    [InlineData("a // b\nc", "a     \nc")]
    [InlineData("a /* b\n */ c", "a     \n    c")]
    [InlineData("a \"b\\\"c\" d", "a         d")]
    [InlineData("a @\"b\\\" d", "a        d")]
    [InlineData("a $\"b{c(\"d\")}e\" f", "a                 f")]
    [InlineData("a $\"{{b\" f", "a         f")]
    [InlineData("a \"\"\"b\"c\"\"\" d", "a           d")]
    [InlineData("a '\"' b", "a     b")]
    [InlineData("a '\\'' b", "a      b")]
    public void Comments_and_strings_are_no_code(string source, string code)
    {
        var seen = SourceScanner.WithoutTexts(source);

        Assert.Equal(WordsOf(code), WordsOf(seen));
        Assert.Equal(source.Length, seen.Length);
        Assert.Equal(source.Count(c => c == '\n'), seen.Count(c => c == '\n'));
    }

    [Fact]
    public void Members_are_the_blocks_right_under_a_type()
    {
        const string source = """
            namespace A;

            public sealed record B(int C)
            {
                public int D { get; } = 1;

                public int E(int f)
                {
                    if (f > 0)
                    {
                        return 1;
                    }

                    return 2;
                }

                private int G => C switch
                {
                    1 => 2,
                    _ => 3,
                };
            }
            """;

        var members = SourceScanner.MembersOf(SourceScanner.WithoutTexts(source));

        Assert.Equal([(5, 1), (7, 9), (17, 5)], members.Select(member => (member.Line, member.Length)));
    }

    private static string[] WordsOf(string code) => code.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
