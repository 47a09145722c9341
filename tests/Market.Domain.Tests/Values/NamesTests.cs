namespace Market.Domain.Tests.Values;

/// <summary>Names that look alike must be alike: no invisible characters, no second form of one letter (S9).</summary>
public sealed class NamesTests
{
    [Theory]
    [InlineData("Espresso machine")]
    [InlineData("Caf\u00e9 M\u00fcller")]
    [InlineData("\u0939\u093f\u0928\u094d\u0926\u0940")]
    [InlineData("\u73c8\u7409")]
    public void Names_of_every_script_are_taken(string name) => Assert.True(Names.IsValid(name));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Cafe\u0301")]
    [InlineData("pay\u200bpal")]
    [InlineData("abc\u202edef")]
    [InlineData("a\nb")]
    [InlineData("a\u0000b")]
    [InlineData("\ud800")]
    public void What_is_empty_composed_otherwise_or_invisible_is_refused(string name) =>
        Assert.False(Names.IsValid(name));

    [Fact]
    public void A_name_has_at_most_its_limit_of_characters()
    {
        Assert.True(Names.IsValid(new string('a', MarketLimits.NameLengthMax)));
        Assert.False(Names.IsValid(new string('a', MarketLimits.NameLengthMax + 1)));
    }

    [Fact]
    public void A_text_may_have_lines_and_a_name_may_not()
    {
        Assert.True(Names.IsText("two\nlines\tand a tab"));
        Assert.False(Names.IsText("a bell \u0007"));
        Assert.False(Names.IsValid("two\nlines"));
    }

    [Theory]
    [InlineData("alice", true)]
    [InlineData("bob-2_x", true)]
    [InlineData("Alice", false)]
    [InlineData("\u0430lice", false)]
    [InlineData("", false)]
    public void A_handle_is_small_latin_letters_digits_and_dashes(string handle, bool taken) =>
        Assert.Equal(taken, Names.IsHandle(handle));
}
