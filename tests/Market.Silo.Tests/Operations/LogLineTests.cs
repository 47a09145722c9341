using Market.Silo.Operations;
using Microsoft.Extensions.Logging;

namespace Market.Silo.Tests.Operations;

[CollectionDefinition("Console", DisableParallelization = true)]
public sealed class ConsoleTests;

/// <summary>What an agent writes stays within the line of the entry that brings it into the log.</summary>
[Collection("Console")]
public sealed class LogLineTests
{
    private const string Hostile = "bob\r\n2026-01-01T00:00:00.000Z error forged: \u001b[2J\u009b31m\u202Eecila\u2066"
        + "\u200B\uFEFF\u2028\u2029\u0000\u0007\u0085\u00AD\uD800 tail";

    [Fact]
    public void A_hostile_name_in_a_value_a_category_and_an_exception_is_one_plain_line_on_the_console()
    {
        using var console = new StringWriter();
        var before = Console.Error;
        Console.SetError(console);
        try
        {
            using var logging = WebServer.CreateLogging(); // its end waits until everything is written
            logging.CreateLogger("Market." + Hostile).LogError(
                new InvalidOperationException(Hostile), "An act of {Agent} failed.", Hostile);
        }
        finally
        {
            Console.SetError(before);
        }

        var line = Assert.Single(console.ToString().TrimEnd('\n').Split('\n'));
        Assert.All(line, static c => Assert.InRange(c, ' ', '~'));
        Assert.Contains(
            @"An act of bob\r\n2026-01-01T00:00:00.000Z error forged: \u{1b}[2J\u{9b}31m\u{202e}ecila\u{2066}"
            + @"\u{200b}\u{feff}\u{2028}\u{2029}\u{0}\u{7}\u{85}\u{ad}\u{d800} tail failed.",
            line, StringComparison.Ordinal);
        Assert.Contains("| System.InvalidOperationException: bob", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Zoë's café, 東京 🛒", "Zoë's café, 東京 🛒")]
    [InlineData("a\u00A0b", @"a\u{a0}b")]
    [InlineData("\U000E0041", @"\u{e0041}")]
    [InlineData("", "")]
    public void What_people_can_see_stays_as_it_is(string text, string expected) =>
        Assert.Equal(expected, LogText.Escape(text));

    [Fact]
    public void No_character_that_escapes_its_line_is_left()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            Assert.DoesNotContain(LogText.Escape(((char)c).ToString()), static one =>
                char.IsControl(one) || char.GetUnicodeCategory(one) is System.Globalization.UnicodeCategory.Format
                    or System.Globalization.UnicodeCategory.LineSeparator
                    or System.Globalization.UnicodeCategory.ParagraphSeparator
                    or System.Globalization.UnicodeCategory.Surrogate);
        }
    }
}
