using System.CommandLine;
using Market.Client;
using Market.Domain;
using Market.Domain.Approvals;

namespace Market.Silo.Commands.Approvals;

/// <summary>`market approvals`: how a principal answers what its agents ask, with a key that no agent has.</summary>
internal static class ApprovalsCommand
{
    private static readonly Argument<string> Id = new("id")
    {
        Description = "The approval, apr_… , as `list` shows it.",
        HelpName = "ID",
    };

    private static readonly Option<string?> AgentKeyFile = new("--agent-key")
    {
        Description = "The key file of the agent that brought the principal into the market.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<double> Minutes = new("--minutes")
    {
        Description = "For how many minutes the approval holds, up to 1440.",
        DefaultValueFactory = static _ => ApprovalLimits.DefaultValidity.TotalMinutes,
        HelpName = "N",
    };

    private static readonly Option<bool> All = new("--all")
    {
        Description = "Show what was answered or has ended, too.",
    };

    private const string Examples = """
        Examples:
          market approvals enrol --key alice.key --agent-key shopper.key
          market approvals list --key alice.key
          market approvals approve apr_0197f0c2… --key alice.key --minutes 5
          market approvals watch --key alice.key --json
        """;

    /// <summary>The command, to be added to the program's root.</summary>
    public static Command Create()
    {
        var command = new Command("approvals", "Answer what your agents ask you to approve, with a key of your own.")
        {
            New("list", "List what waits for your answer, the newest first.", ListAsync, All),
            New("show", "Show exactly what one approval is of.", ShowAsync, Id),
            New("approve", "Approve exactly the terms shown, and sign that.", ApproveAsync, Id, Minutes),
            New("deny", "Deny an approval.", DenyAsync, Id),
            New("enrol", "Enrol your own key, once; the file is made when absent.", EnrolAsync, AgentKeyFile),
            New("watch", "Show what is asked as it comes, until you press Ctrl+C.", WatchAsync),
        };
        PrincipalSession.AddOptions(command);
        CommandExamples.Add(command, Examples);
        return command;
    }

    private static Command New(
        string name,
        string description,
        Func<ParseResult, PrincipalSession, CancellationToken, Task> action,
        params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
            {
                command.Add(argument);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        command.SetAction((arguments, stop) => PrincipalSession.RunAsync(arguments, action, stop));
        return command;
    }

    private static async Task ListAsync(ParseResult arguments, PrincipalSession session, CancellationToken stop)
    {
        await using var principal = await session.ConnectAsync(stop).ConfigureAwait(false);
        ApprovalId? after = null;
        var count = 0;
        while (true)
        {
            var page = await principal.ListApprovalsAsync(!arguments.GetValue(All), after, stop).ConfigureAwait(false);
            foreach (var approval in page.Approvals)
            {
                session.Write(approval, isLong: false);
                after = approval.Id;
                count++;
            }

            if (!page.HasMore)
            {
                break;
            }
        }

        if (count == 0 && !session.IsJson)
        {
            session.Output.WriteLine("Nothing waits for your answer.");
        }
    }

    private static async Task ShowAsync(ParseResult arguments, PrincipalSession session, CancellationToken stop)
    {
        var id = ParseId(arguments);
        await using var principal = await session.ConnectAsync(stop).ConfigureAwait(false);
        session.Write(await principal.GetApprovalAsync(id, stop).ConfigureAwait(false), isLong: true);
    }

    private static async Task ApproveAsync(ParseResult arguments, PrincipalSession session, CancellationToken stop)
    {
        var (id, minutes) = (ParseId(arguments), arguments.GetValue(Minutes));
        if (!(minutes > 0 && minutes <= ApprovalLimits.ValidityMax.TotalMinutes))
        {
            throw new FormatException($"--minutes is {minutes}; an approval holds for more than 0 and up to 1440.");
        }

        await using var principal = await session.ConnectAsync(stop).ConfigureAwait(false);
        var approval = await principal.GetApprovalAsync(id, stop).ConfigureAwait(false);
        var decided = await principal.ApproveAsync(approval, TimeSpan.FromMinutes(minutes), stop).ConfigureAwait(false);
        session.Write(approval with { Status = decided.Status, EndsAt = decided.EndsAt }, isLong: true);
    }

    private static async Task DenyAsync(ParseResult arguments, PrincipalSession session, CancellationToken stop)
    {
        var id = ParseId(arguments);
        await using var principal = await session.ConnectAsync(stop).ConfigureAwait(false);
        await principal.DenyAsync(id, stop).ConfigureAwait(false);
        session.Write(await principal.GetApprovalAsync(id, stop).ConfigureAwait(false), isLong: false);
    }

    private static async Task EnrolAsync(ParseResult arguments, PrincipalSession session, CancellationToken stop)
    {
        using var agentKey = AgentKey.Load(arguments.GetValue(AgentKeyFile)!);
        using var ownKey = AgentKey.LoadOrCreate(session.KeyFile);
        await using var market = await MarketClient.ConnectAsync(session.Server, agentKey, session.Options, stop)
            .ConfigureAwait(false);
        if (market.Agent is null)
        {
            throw new FormatException("The key of --agent-key is no registered agent's in this market.");
        }

        session.Write(await market.EnrolPrincipalKeyAsync(ownKey, stop).ConfigureAwait(false));
    }

    private static async Task WatchAsync(ParseResult arguments, PrincipalSession session, CancellationToken stop)
    {
        await using var principal = await session.ConnectAsync(stop).ConfigureAwait(false);
        var shown = new HashSet<ApprovalId>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            var page = await principal.ListApprovalsAsync(cancellationToken: stop).ConfigureAwait(false);
            foreach (var approval in page.Approvals.Reverse().Where(one => shown.Add(one.Id)))
            {
                session.Write(approval, isLong: true);
            }
        }
        while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
    }

    private static ApprovalId ParseId(ParseResult arguments)
    {
        var text = arguments.GetValue(Id)!;
        return text.StartsWith("apr_", StringComparison.Ordinal) && Guid.TryParseExact(text[4..], "n", out var id)
            ? new ApprovalId(id)
            : throw new FormatException($"'{text}' is no approval; one is apr_ and 32 hexadecimal digits.");
    }
}
