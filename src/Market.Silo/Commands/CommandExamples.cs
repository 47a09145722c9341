using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace Market.Silo.Commands;

/// <summary>Examples at the end of a command's help.</summary>
internal static class CommandExamples
{
    private static readonly ConditionalWeakTable<Command, string> Known = [];

    /// <summary>Gives a command its examples.</summary>
    public static void Add(Command command, string examples) => Known.Add(command, examples);

    /// <summary>Lets a program's help show them.</summary>
    public static void ShowIn(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new Show((SynchronousCommandLineAction)option.Action!);
        }
    }

    private sealed class Show(SynchronousCommandLineAction inner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = inner.Invoke(parseResult);
            if (Known.TryGetValue(parseResult.CommandResult.Command, out var examples))
            {
                parseResult.InvocationConfiguration.Output.WriteLine(examples);
            }

            return code;
        }
    }
}
