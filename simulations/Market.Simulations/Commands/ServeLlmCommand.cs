using System.CommandLine;
using System.Text.Json;
using Market.Silo.Commands;
using Market.Simulations.LanguageModels.Loopback;

namespace Market.Simulations.Commands;

/// <summary>`serve-llm`: a model on this machine that costs nothing, and misbehaves on demand.</summary>
internal static class ServeLlmCommand
{
    private static readonly Option<int> Port = new("--port")
    {
        Description = "The port; 0 for a free one.",
        HelpName = "N",
    };

    private static readonly Option<LoopbackBehaviour[]> First = new("--first")
    {
        Description = "How the first requests are answered, one after another; those after them normally.",
        HelpName = "HOW",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var command = new Command("serve-llm", """
            Serves a scripted model on this machine by the OpenAI chat-completions protocol: it costs nothing, and
            misbehaves on demand.
            """) { Port, First };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Port) is < 0 or > ushort.MaxValue)
            {
                result.AddError($"{Port.Name} is from 0 to {ushort.MaxValue}.");
            }
        });
        CommandExamples.Add(command, """
            Examples:
              serve-llm --port 8090
              serve-llm --port 8090 --first TooManyRequests BrokenJson
            and beside it:
              run laptop llm:any Linear --llm-endpoint http://127.0.0.1:8090/v1
            """);
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments, json, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult arguments, Option<bool> json, CancellationToken cancellationToken)
    {
        var port = arguments.GetValue(Port);
        LoopbackModelServer server;
        try
        {
            server = await LoopbackModelServer
                .StartAsync(port, arguments.GetValue(First), cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }
        catch (IOException)
        {
            await arguments.InvocationConfiguration.Error
                .WriteLineAsync($"serve-llm: the port {port} is taken; give another one, or 0 for a free one.")
                .ConfigureAwait(false);
            return ExitCodes.Failure;
        }

        await using (server.ConfigureAwait(false))
        {
            var line = arguments.GetValue(json)
                ? JsonSerializer.Serialize(new { endpoint = server.Endpoint })
                : $"A scripted model answers at {server.Endpoint} until Ctrl-C.";
            await arguments.InvocationConfiguration.Output.WriteLineAsync(line).ConfigureAwait(false);
            var stopped = new TaskCompletionSource();
            using var stopping = cancellationToken.Register(stopped.SetResult);
            await stopped.Task.ConfigureAwait(false);
        }

        return ExitCodes.Success;
    }
}
