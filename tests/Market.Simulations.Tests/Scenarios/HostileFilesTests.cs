using System.Text;
using Market.Domain.Strategies;
using Market.Simulations.Scenarios;
using Market.Simulations.Scenarios.Documents;

namespace Market.Simulations.Tests.Scenarios;

public sealed class HostileFilesTests
{
    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;\">]><utility_space>&d;</utility_space>")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><negotiation_template/>")]
    [InlineData("<negotiation_template>&unknown;</negotiation_template>")]
    public void Xml_with_a_document_type_or_an_entity_is_refused(string text) =>
        Assert.Throws<ScenarioFileException>(() => SourceDocument.Parse(text, "hostile.xml"));

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("<a>")]
    public void What_is_nested_a_hundred_thousand_deep_is_refused_and_does_not_crash(string layer)
    {
        var text = new StringBuilder().Insert(0, layer, 100_000).ToString();

        Assert.Throws<ScenarioFileException>(() => SourceDocument.Parse(text, "hostile"));
    }

    [Fact]
    public void Files_that_are_cut_changed_or_spliced_are_read_or_refused_and_never_crash()
    {
        var texts = Directory.EnumerateFiles(TestFolder.Example(), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(ScenarioLibrary.Folder))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)
            .ToList();
        var draws = new SeededGenerator(20_271);
        var (read, refused) = (0, 0);
        for (var i = 0; i < 3_000; i++)
        {
            using var folder = new TestFolder();
            var text = Spoilt(texts[draws.Next(texts.Count)], texts[draws.Next(texts.Count)], draws);
            try
            {
                SourceDocument.Parse(text, "spoilt");
                ScenarioSource.Load(folder.Write("spoilt.yaml", text));
                read++;
            }
            catch (ScenarioFileException wrong)
            {
                Assert.DoesNotContain('\n', wrong.Message.TrimEnd());
                refused++;
            }
        }

        Assert.True(read > 50 && refused > 500, $"{read} were read and {refused} refused.");
    }

    [Fact]
    public void Nesting_up_to_the_limit_is_read_and_one_more_is_refused()
    {
        Assert.NotNull(YamlSource.Parse(Nested(ScenarioLimits.DepthMax), "deep.yaml"));
        Assert.Throws<ScenarioFileException>(() => YamlSource.Parse(Nested(ScenarioLimits.DepthMax + 1), "deep.yaml"));
        Assert.NotNull(JsonSource.Parse(Nested(ScenarioLimits.DepthMax), "deep.json"));
        Assert.Throws<ScenarioFileException>(() => JsonSource.Parse(Nested(ScenarioLimits.DepthMax + 1), "deep.json"));

        static string Nested(int depth) => new string('[', depth) + new string(']', depth);
    }

    [Fact]
    public void Aliases_that_would_multiply_are_refused()
    {
        var text = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";

        var wrong = Assert.Throws<ScenarioFileException>(() => YamlSource.Parse(text, "laughs.yaml"));

        Assert.Equal(2, wrong.Place.Line);
    }

    [Theory]
    [InlineData("a: 1\na: 2\n", 2)]
    [InlineData("{\"a\": 1,\n\n\"a\": 2}", 3)]
    public void A_field_that_is_there_twice_is_refused_with_its_line(string text, int line)
    {
        var wrong = Assert.Throws<ScenarioFileException>(() => SourceDocument.Parse(text, "twice"));

        Assert.Equal(line, wrong.Place.Line);
    }

    [Fact]
    public void A_file_that_is_no_text_is_refused()
    {
        using var folder = new TestFolder();
        var path = folder.Write("binary.yaml", string.Empty);
        File.WriteAllBytes(path, [0x6E, 0x61, 0xFF, 0xFE, 0xC0]);

        var wrong = Assert.Throws<ScenarioFileException>(() => ScenarioSource.Load(path));

        Assert.Contains("UTF-8", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_above_the_limit_is_refused_unread()
    {
        using var folder = new TestFolder();
        var path = folder.Write("large.yaml", string.Empty);
        using (var stream = File.OpenWrite(path))
        {
            stream.SetLength(ScenarioLimits.FileBytesMax + 1L);
        }

        var wrong = Assert.Throws<ScenarioFileException>(() => ScenarioSource.Load(path));

        Assert.Contains("bytes", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_over_more_values_than_any_space_has_is_refused_before_it_is_made()
    {
        using var folder = new TestFolder();
        var path = folder.Write("huge.yaml", """
            issues:
              - {name: price, kind: total price, minimum: 1, maximum: 1000000000000}
            profiles:
              - {name: a, values: {price: {points: {1: 0, 1000000000000: 1}}}}
              - {name: b, values: {price: {linear: {slope: -1}}}}
            """);

        var wrong = Assert.Throws<ScenarioFileException>(() => ScenarioSource.Load(path));

        Assert.Contains("by a line", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_lines_are_counted_across_every_kind_of_value()
    {
        var root = JsonSource.Parse("{\n\"a\": [\n1,\n\"x\\ny\",\n{\n\"b\": null}],\n\"c\": -Infinity}", "lines.json");

        Assert.Equal([3, 4, 5], root.Field("a").Items!.Select(item => item.Place.Line!.Value));
        Assert.Equal((7, "-Infinity"), (root.Field("c").Place.Line, root.Field("c").Text));
        Assert.Null(root.Field("a").Items![2].Find("b"));
    }

    private static string Spoilt(string text, string other, SeededGenerator draws)
    {
        const string Signs = "[]{}:,-?*&!|>'\"%@`#\n \t0a<>/\\";
        var at = draws.Next(text.Length);
        var sign = Signs[draws.Next(Signs.Length)].ToString();
        return draws.Next(4) switch
        {
            0 => text[..at],
            1 => text.Remove(at, 1).Insert(at, sign),
            2 => text.Insert(at, sign),
            _ => text[..at] + other[draws.Next(other.Length)..],
        };
    }
}
