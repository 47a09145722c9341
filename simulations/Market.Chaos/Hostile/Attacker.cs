using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Market.Chaos.Hostile.Attacks;

namespace Market.Chaos.Hostile;

/// <summary>What an attacking process got.</summary>
/// <param name="Answers">How often each answer came.</param>
/// <param name="Failures">What went otherwise than it must.</param>
internal sealed record AttackResult(Dictionary<string, int> Answers, string[] Failures);

/// <summary>
/// A process that attacks again and again until it is told to end. A real attacker has a machine of its own: here it
/// runs at the lowest priority, so that it takes no processor that the server and the honest agents want.
/// </summary>
internal sealed class Attacker : IDisposable
{
    private const string Begun = "begun";

    private readonly Process _process;
    private readonly Task<string> _errors;

    private Attacker(Process process)
    {
        _process = process;
        _errors = Blocking.Run(process.StandardError.ReadToEnd);
    }

    /// <summary>Starts one, and waits until it has attacked once: what starts only once is not measured.</summary>
    public static async Task<Attacker> StartAsync(string attack, Uri market, AttackSize size)
    {
        string[] arguments =
        [
            "-n", "19", Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            typeof(Attacker).Assembly.Location, "attack", attack, market.ToString(),
            .. new[] { size.Connections, size.Requests, size.SlowSeconds }
                .Select(static number => number.ToString(CultureInfo.InvariantCulture)),
        ];
        var attacker = new Attacker(Process.Start(new ProcessStartInfo("nice", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("The attacker did not start."));
        await Blocking.Run(attacker._process.StandardOutput.ReadLine); // or its end, which its result tells
        return attacker;
    }

    /// <summary>Lets it end its round, and returns what it got in all.</summary>
    public async Task<AttackResult> StopAsync()
    {
        _process.StandardInput.Close();
        var output = await Blocking.Run(_process.StandardOutput.ReadToEnd);
        await _process.WaitForExitAsync();
        return output.Length > 0
            ? JsonSerializer.Deserialize<AttackResult>(output)!
            : new AttackResult([], [$"the attack itself failed: {(await _errors).ReplaceLineEndings(" ")}"]);
    }

    /// <summary>The attacking process itself.</summary>
    public static async Task<int> MainAsync(string name, Uri market, AttackSize size)
    {
        var attack = Attack.All.First(one => one.Name == name);
        var log = new AttackLog();
        var told = Blocking.Run(Console.In.ReadToEnd);
        if (attack is IdleAttack)
        {
            await IdleAttack.RunAsync(market, size, log, () =>
            {
                Console.WriteLine(Begun);
                return told;
            });
        }
        else
        {
            await attack.RunAsync(market, size, log);
            Console.WriteLine(Begun);
            while (!told.IsCompleted)
            {
                await AgainAsync(attack, market, size, log);
            }
        }

        Console.WriteLine(JsonSerializer.Serialize(new AttackResult(log.Answers.ToDictionary(), [.. log.Failures])));
        return 0;
    }

    private static async Task AgainAsync(Attack attack, Uri market, AttackSize size, AttackLog log)
    {
        try
        {
            await attack.RunAsync(market, size, log);
        }
        catch (NotAdmittedException)
        {
            log.Note("not admitted"); // it came too often, which the market says before it looks at anything
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
