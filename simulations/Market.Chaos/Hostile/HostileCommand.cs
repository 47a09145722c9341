using System.CommandLine;
using System.Globalization;

namespace Market.Chaos.Hostile;

/// <summary>`hostile`: attacks a server process while honest agents trade.</summary>
internal static class HostileCommand
{
    /// <summary>The command for the program's list.</summary>
    public static Command Create(Option<bool> json)
    {
        var seconds = Number("--seconds", "How long each attack lasts, and the calm time before it.", 10);
        var connections = Number("--connections", "Connections of the attack that only holds them.", 10_000);
        var attacks = new Option<string[]>("--attack")
        {
            Description = "Only this attack; may be given several times. Without it, every one.",
        };
        attacks.AcceptOnlyFromAmong([.. Attack.All.Select(static attack => attack.Name)]);
        var command = new Command("hostile", """
            Attacks a server process in every way there is while honest agents trade. Prints what each attack was
            answered, the server's memory and the honest agents' latency. Ends with 1 where an answer is not the one
            that it must be, where their p99 is above 3 times the calm one (of at least 5 ms), or where memory grew by
            more than 512 MiB. Needs as many open files as connections, and some: ulimit -n.
            """) { seconds, connections, attacks };
        command.SetAction((result, _) => HostileRun.RunAsync(
            result.GetValue(seconds),
            result.GetValue(connections),
            result.GetValue(attacks) ?? [],
            result.GetValue(json)));
        return command;
    }

    /// <summary>An attack is this program again: runs it where the arguments name one, else gives null.</summary>
    public static Task<int>? TryAttackAsync(string[] args)
    {
        if (args is not ["attack", var attack, var market, .. { Length: 3 } numbers])
        {
            return null;
        }

        var sizes = numbers.Select(static number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return Attacker.MainAsync(attack, new Uri(market), new AttackSize(sizes[0], sizes[1], sizes[2]));
    }

    private static Option<int> Number(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) < 1)
            {
                result.AddError($"{name} is at least 1.");
            }
        });
        return option;
    }
}
