using System.CommandLine;
using System.CommandLine.Parsing;
using Market.Client;
using Market.Domain;
using Market.Domain.Enrolling;

namespace Market.Silo.Commands.Enrolling;

/// <summary>
/// `market enrol`: a principal lets an agent act for it. Where the agent's key is at hand the agent is registered at
/// once; else what the principal has signed goes to a file, with which the agent registers itself.
/// </summary>
internal static class EnrolCommand
{
    private const string ThumbprintPrefix = "sha256:";
    private const int DaysMax = 365; // a day less than the market takes, whose clock may be behind

    private static readonly Option<string> Principal = Text(
        "--principal", "HANDLE", "Your handle in the market: a-z, 0-9, '-' and '_'. A new one is yours from now on.");

    private static readonly Option<string> Name = Text("--name", "NAME", "What people call the agent.");
    private static readonly Option<string> Operator = Text("--operator", "WHO", "Who runs the agent's program.");
    private static readonly Option<string> Model = Text(
        "--model", "MODEL", "The model or strategy that decides in it, such as negmas:Boulware.");

    private static readonly Option<string> ModelVersion = new("--model-version")
    {
        Description = "Its version.",
        HelpName = "VERSION",
        DefaultValueFactory = static _ => string.Empty,
    };

    private static readonly Option<AgentRole> Role = new("--role")
    {
        Description = "What it does in the market: buyer or seller.",
        HelpName = "buyer|seller",
        Required = true,
        CustomParser = ParseRole,
    };

    private static readonly Option<string?> AgentKeyFile = new("--agent-key")
    {
        Description = "The agent's key file, made when absent: the agent is registered at once.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Agent = new("--agent")
    {
        Description = "The thumbprint of the agent's key, sha256:…, where the key is elsewhere; needs --out.",
        HelpName = "THUMBPRINT",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Write the enrolment to this new file, for the agent to register with, and register nobody.",
        HelpName = "FILE",
    };

    private static readonly Option<int> Days = DaysOption();

    private const string Examples = """
        Examples:
          market enrol --key alice.key --principal alice --agent-key shopper.key --name "Alice's shopper" \
            --role buyer --operator Alice --model negmas:Boulware
          market enrol --key alice.key --principal alice --agent sha256:1f0c… --out shopper.enrolment \
            --name "Alice's shopper" --role buyer --operator Alice --model gpt-5 --json
        A key's thumbprint is the SHA-256 of its public half:
          openssl pkey -in shopper.key -pubout -outform DER | sha256sum
        The agent reads such a file with Enrolments.FromBytes, and registers with RegisterAsync.
        """;

    /// <summary>The command, to be added to the program's root.</summary>
    public static Command Create()
    {
        var command = new Command(
            "enrol",
            "Let an agent act for you, with a key of your own, which is made when absent. "
            + "Exit code 0: it may; 1: the market refuses or is not there, or a file cannot be used; 2: wrong usage.")
        {
            Principal, Name, Role, Operator, Model, ModelVersion, AgentKeyFile, Agent, Out, Days,
        };
        PrincipalSession.AddOptions(command);
        command.Validators.Add(Validate);
        command.SetAction(static (arguments, stop) => PrincipalSession.RunAsync(arguments, EnrolAsync, stop));
        CommandExamples.Add(command, Examples);
        return command;
    }

    private static Option<string> Text(string name, string helpName, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = helpName, Required = true };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text
                && !(name == "--principal" ? Names.IsHandle(text) : Names.IsValid(text)))
            {
                result.AddError(name == "--principal"
                    ? $"{name} is '{text}'; a handle has 1 to {MarketLimits.NameLengthMax} of a-z, 0-9, '-' and '_'."
                    : $"{name} has 1 to {MarketLimits.NameLengthMax} characters, without control or invisible ones.");
            }
        });
        return option;
    }

    private static Option<int> DaysOption()
    {
        var option = new Option<int>("--days")
        {
            Description = $"For how many days the agent may register with it, 1 to {DaysMax}.",
            HelpName = "N",
            DefaultValueFactory = static _ => 7,
        };
        option.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() is var days and (< 1 or > DaysMax))
            {
                result.AddError($"--days is {days}; it is from 1 to {DaysMax}.");
            }
        });
        return option;
    }

    private static AgentRole ParseRole(ArgumentResult result)
    {
        switch (result.Tokens[0].Value)
        {
            case "buyer":
                return AgentRole.Buyer;
            case "seller":
                return AgentRole.Seller;
            case var other:
                result.AddError($"--role is '{other}'; write 'buyer' or 'seller'.");
                return default;
        }
    }

    private static void Validate(CommandResult result)
    {
        var (file, thumbprint) = (result.GetValue(AgentKeyFile), result.GetValue(Agent));
        if ((file is null) == (thumbprint is null))
        {
            result.AddError(
                "Name the agent's key, once: by --agent-key FILE, or by --agent sha256:… where it is elsewhere.");
        }
        else if (thumbprint is not null && ThumbprintOf(thumbprint) is null)
        {
            result.AddError($"--agent is '{thumbprint}'; it is {ThumbprintPrefix} and 64 hexadecimal digits.");
        }
        else if (thumbprint is not null && result.GetValue(Out) is null)
        {
            result.AddError("--agent needs --out: only with its key an agent can be registered here.");
        }

        if (result.GetValue(ModelVersion) is { Length: > 0 } version && !Names.IsValid(version))
        {
            result.AddError($"--model-version has up to {MarketLimits.NameLengthMax} characters that can be seen.");
        }
    }

    private static Hash256? ThumbprintOf(string text) =>
        text.StartsWith(ThumbprintPrefix, StringComparison.Ordinal) && text[ThumbprintPrefix.Length..] is var digits
            && digits.Length == 2 * Hash256.Size && digits.All(char.IsAsciiHexDigit)
            ? Hash256.FromBytes(Convert.FromHexString(digits))
            : null;

    private static async Task EnrolAsync(ParseResult arguments, PrincipalSession session, CancellationToken stop)
    {
        var file = arguments.GetValue(Out);
        if (File.Exists(file))
        {
            throw new FormatException($"--out: '{file}' is there already; name a new file.");
        }

        // Where the agent's key is elsewhere, any key will do to learn which market this is.
        using var agentKey = arguments.GetValue(AgentKeyFile) is { } path
            ? AgentKey.LoadOrCreate(path) : AgentKey.Create();
        using var ownKey = AgentKey.LoadOrCreate(session.KeyFile);
        var thumbprint = ThumbprintOf(arguments.GetValue(Agent) ?? string.Empty) ?? agentKey.Thumbprint;
        await using var market = await MarketClient.ConnectAsync(session.Server, agentKey, session.Options, stop)
            .ConfigureAwait(false);
        var enrolment = Enrolments.Sign(
            market.Market, ownKey, thumbprint, ProfileOf(arguments), DateTimeOffset.UtcNow,
            TimeSpan.FromDays(arguments.GetValue(Days)));
        var registered = file is null ? await market.RegisterAsync(enrolment, stop).ConfigureAwait(false) : null;
        if (file is not null)
        {
            var created = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
            await using (created.ConfigureAwait(false))
            {
                await created.WriteAsync(Enrolments.ToBytes(enrolment), stop).ConfigureAwait(false);
            }
        }

        EnrolText.Write(session, enrolment, ownKey, registered, file);
    }

    private static AgentProfile ProfileOf(ParseResult arguments) => new(
        arguments.GetValue(Name)!,
        arguments.GetValue(Principal)!,
        arguments.GetValue(Role),
        new Disclosure(
            arguments.GetValue(Operator)!, arguments.GetValue(Model)!, arguments.GetValue(ModelVersion)!));
}
