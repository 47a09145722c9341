using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Market.Domain.Strategies;

namespace Market.Simulations.LanguageModels;

/// <summary>The options by which a command lets language models negotiate.</summary>
internal sealed class LanguageModelOptions
{
    private const string Repeat = "repeat";
    private const string KeyVariable = "OPENAI_API_KEY";
    private const string NoKey = "none";

    private readonly Option<string?> _endpoint = new("--llm-endpoint")
    {
        Description = "Address of a server that speaks the OpenAI chat-completions protocol.",
        HelpName = "URL",
    };

    private readonly Option<string?> _model = new("--model")
    {
        Description = "The model of the strategy 'llm'; 'llm:NAME' names its own.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _keyFile = new("--llm-key-file")
    {
        Description = $"File with the key; else the variable {KeyVariable}, else none.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Print the prompt that a model would get, and call nothing.",
    };

    private readonly Option<string> _text = new("--llm-text")
    {
        Description = "'separate': the deciding call never sees the counterparty's words; 'shown': it does, marked.",
        HelpName = "WAY",
        DefaultValueFactory = static _ => "separate",
    };

    private readonly Option<string> _answer = new("--llm-answer")
    {
        Description = "'tools' or 'json', for models without tools.",
        HelpName = "FORM",
        DefaultValueFactory = static _ => "tools",
    };

    private readonly Option<string> _fallback = new("--llm-fallback")
    {
        Description = "Who decides a turn that the model did not: a strategy, or 'repeat' for the last offer again.",
        HelpName = "NAME",
        DefaultValueFactory = static _ => "negmas:Linear",
    };

    private readonly Option<int> _timeout = new("--llm-timeout")
    {
        Description = "Seconds that one call may take.",
        HelpName = "S",
        DefaultValueFactory = static _ => 60,
    };

    private readonly Option<long> _tokensMax = new("--llm-tokens")
    {
        Description = "Tokens that one negotiation may use up; then the fallback decides.",
        HelpName = "N",
        DefaultValueFactory = static _ => 1_000_000,
    };

    private readonly Option<string?> _price = new("--llm-price")
    {
        Description = "Price of a million input and a million output tokens, such as 2.50/10.",
        HelpName = "IN/OUT",
    };

    private readonly Option<bool> _stream = new("--llm-stream") { Description = "Stream the model's answers." };

    /// <summary>Adds the options to a command, with the checks of what they say.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [_endpoint, _model, _keyFile, _dryRun, _text, _answer, _fallback, _timeout, _tokensMax, _price, _stream])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(Validate);
    }

    /// <summary>What was given.</summary>
    /// <exception cref="IOException">The key's file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public LanguageModelSettings Read(ParseResult arguments) => new(
        arguments.GetValue(_endpoint) is { } address ? new Uri(address, UriKind.Absolute) : null,
        arguments.GetValue(_model),
        KeyOf(arguments.GetValue(_keyFile)),
        new ChatNegotiatorOptions
        {
            AnswerForm = arguments.GetValue(_answer) == "json"
                ? ChatAnswerForm.StructuredOutput : ChatAnswerForm.ToolCall,
            Exposure = arguments.GetValue(_text) == "shown" ? TextExposure.Shown : TextExposure.Separate,
            CallTimeout = TimeSpan.FromSeconds(arguments.GetValue(_timeout)),
            TokensMax = arguments.GetValue(_tokensMax),
            Price = PriceOf(arguments.GetValue(_price)) ?? default,
            Streams = arguments.GetValue(_stream),
            TellsSide = false,
        },
        arguments.GetValue(_fallback) is { } name and not Repeat ? name : null,
        arguments.GetValue(_dryRun));

    private static string KeyOf(string? file)
    {
        var key = file is null ? Environment.GetEnvironmentVariable(KeyVariable) : File.ReadAllText(file);
        return string.IsNullOrWhiteSpace(key) ? NoKey : key.Trim();
    }

    private void Validate(CommandResult result)
    {
        if (result.GetValue(_endpoint) is { } address && ProblemWith(address) is { } problem)
        {
            result.AddError($"{_endpoint.Name} is '{address}': {problem}");
        }

        if (result.GetValue(_keyFile) is { } file && !File.Exists(file))
        {
            result.AddError($"{_keyFile.Name}: there is no file '{file}'.");
        }

        RequireOneOf(result, _text, "separate", "shown");
        RequireOneOf(result, _answer, "tools", "json");
        if (result.GetValue(_fallback) is { } fallback and not Repeat && !StrategyCatalog.Contains(fallback))
        {
            result.AddError($"{_fallback.Name}: there is no strategy '{fallback}'; write a strategy or '{Repeat}'.");
        }

        // Here only what was written is known; defaults come later.
        if (result.GetResult(_timeout) is not null && result.GetValue(_timeout) is (< 1 or > 3_600))
        {
            result.AddError($"{_timeout.Name} is from 1 to 3600 seconds.");
        }

        if (result.GetResult(_tokensMax) is not null && result.GetValue(_tokensMax) < 1)
        {
            result.AddError($"{_tokensMax.Name} is at least 1.");
        }

        if (result.GetValue(_price) is { } price && PriceOf(price) is null)
        {
            result.AddError($"{_price.Name} is '{price}'; write two amounts, such as 2.50/10.");
        }
    }

    // A key goes only where it is encrypted on the way, or to this machine.
    private static string? ProblemWith(string address) =>
        !Uri.TryCreate(address, UriKind.Absolute, out var uri) ? "write an address such as https://api.openai.com/v1."
        : uri.Scheme == Uri.UriSchemeHttps ? null
        : uri.Scheme != Uri.UriSchemeHttp ? "its scheme must be https."
        : uri.IsLoopback ? null
        : "plain http is for this machine alone; use https.";

    private static ChatPrice? PriceOf(string? text)
    {
        var parts = text?.Split('/') ?? [];
        return parts.Length == 2
            && decimal.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var input)
            && decimal.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var output)
            ? new ChatPrice(input, output)
            : null;
    }

    private static void RequireOneOf(CommandResult result, Option<string> option, string one, string other)
    {
        if (result.GetValue(option) is { } value && value != one && value != other)
        {
            result.AddError($"{option.Name} is '{value}'; write '{one}' or '{other}'.");
        }
    }
}
