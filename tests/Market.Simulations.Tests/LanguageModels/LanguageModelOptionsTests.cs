using System.CommandLine;
using Market.Simulations.LanguageModels;

namespace Market.Simulations.Tests.LanguageModels;

/// <summary>The options of language models as somebody types them.</summary>
public sealed class LanguageModelOptionsTests
{
    [Fact]
    public void Nothing_is_needed_where_no_model_takes_part()
    {
        var settings = Read("");
        Assert.Null(settings.Endpoint);
        Assert.Equal(
            (60.0, TextExposure.Separate, "negmas:Linear"),
            (settings.Negotiator.CallTimeout.TotalSeconds, settings.Negotiator.Exposure, settings.Fallback));
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var settings = Read(
            "--llm-endpoint http://localhost:9/v1 --model m --llm-text shown --llm-answer json --llm-fallback repeat "
            + "--llm-timeout 5 --llm-tokens 100 --llm-price 2.50/10 --llm-stream --dry-run");
        Assert.Equal(new Uri("http://localhost:9/v1"), settings.Endpoint);
        Assert.Equal(("m", true), (settings.DefaultModel, settings.IsDryRun));
        Assert.Null(settings.Fallback);
        Assert.Equal(
            new ChatNegotiatorOptions
            {
                AnswerForm = ChatAnswerForm.StructuredOutput,
                Exposure = TextExposure.Shown,
                CallTimeout = TimeSpan.FromSeconds(5),
                TokensMax = 100,
                Price = new ChatPrice(2.5m, 10),
                Streams = true,
                TellsSide = false,
            },
            settings.Negotiator);
    }

    [Theory]
    [InlineData("--llm-endpoint nowhere", "write an address")]
    [InlineData("--llm-endpoint http://example.org/v1", "plain http is for this machine alone")]
    [InlineData("--llm-endpoint file:///etc/passwd", "its scheme must be https")]
    [InlineData("--llm-key-file /nowhere/key", "there is no file '/nowhere/key'")]
    [InlineData("--llm-text hidden", "write 'separate' or 'shown'")]
    [InlineData("--llm-answer xml", "write 'tools' or 'json'")]
    [InlineData("--llm-fallback None", "there is no strategy 'None'")]
    [InlineData("--llm-timeout 0", "from 1 to 3600 seconds")]
    [InlineData("--llm-tokens 0", "at least 1")]
    [InlineData("--llm-price cheap", "write two amounts")]
    public void A_wrong_option_is_refused_with_what_would_be_right(string arguments, string says)
    {
        var (parsed, _) = Parse(arguments);
        Assert.Contains(says, Assert.Single(parsed.Errors).Message, StringComparison.Ordinal);
    }

    private static LanguageModelSettings Read(string arguments)
    {
        var (parsed, options) = Parse(arguments);
        Assert.Empty(parsed.Errors);
        return options.Read(parsed);
    }

    private static (ParseResult Parsed, LanguageModelOptions Options) Parse(string arguments)
    {
        var options = new LanguageModelOptions();
        var command = new RootCommand();
        options.AddTo(command);
        return (command.Parse(arguments), options);
    }
}
