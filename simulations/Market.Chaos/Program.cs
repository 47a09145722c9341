using System.CommandLine;
using System.Globalization;
using Market.Chaos;
using Market.Chaos.Hostile;
using Market.Chaos.Timing;

// Long random runs that try to break the market. Every run prints its seed, and a failure the script that leads to it.
var json = new Option<bool>("--json") { Description = "One JSON object a line on standard output.", Recursive = true };
var count = new Option<int>("--count") { Description = "How many scripts.", DefaultValueFactory = _ => 10_000 };
var length = new Option<int>("--length") { Description = "Steps of a script.", DefaultValueFactory = _ => 200 };
var seed = new Option<int?>("--seed")
{
    Description = "Seed of the run, or of its first script. Without it, one is drawn and printed.",
};
count.Validators.Add(result => RequirePositive(result, count));
length.Validators.Add(result => RequirePositive(result, length));

var scripts = new Command("scripts", """
    Runs random command scripts on the ledger and on the obvious ledger beside it. After every command: the same
    verdict and numbers, the same balances and state, every invariant. Ends with 1 at the first difference, after
    printing its seed and a short script to paste into a test.
    """) { count, length, seed };
scripts.SetAction((result, cancellation) => Task.FromResult(ScriptsRun.Run(
    result.GetValue(count),
    result.GetValue(length),
    result.GetValue(seed) ?? Random.Shared.Next(),
    result.GetValue(json),
    cancellation)));

var trials = new Option<int>("--trials")
{
    Description = "Pairs of times of each measure.",
    DefaultValueFactory = _ => 10_000,
};
trials.Validators.Add(result => RequirePositive(result, trials));
var timing = new Command("timing", """
    Times what one side is answered in two worlds that differ in the other side's private things alone, and tests by
    10,000 permutations whether the worlds can be told apart; beside it, the same with a leak planted, which must be
    found. Ends with 1 where p is at most 0.01 without a leak, or above it with one.
    """) { trials, seed };
timing.SetAction((result, cancellation) => TimingRun.RunAsync(
    result.GetValue(trials),
    result.GetValue(seed) ?? Random.Shared.Next(),
    result.GetValue(json),
    cancellation));

var tenders = new Option<int>("--count") { Description = "How many tenders.", DefaultValueFactory = _ => 20_000 };
tenders.Validators.Add(result => RequirePositive(result, tenders));
var nonces = new Option<int>("--seed")
{
    Description = "What the market's nonces and the sellers' bytes are drawn from.",
    DefaultValueFactory = _ => 1,
};
var speed = new Command("speed", """
    Whether speed pays in sealed tenders: ten sellers with the same quote, one of which always comes first. Prints its
    share of the awards with the 99 % Wilson interval, and beside it the share where the first quote wins. Ends with 1
    where the interval is not inside 0.10 ± 0.01.
    """) { tenders, nonces };
speed.SetAction((result, cancellation) => Task.FromResult(SpeedRun.Run(
    result.GetValue(tenders), result.GetValue(nonces), result.GetValue(json), cancellation)));

var seconds = new Option<int>("--seconds")
{
    Description = "How long a calm time, and each attack, last.",
    DefaultValueFactory = _ => 20,
};
var connections = new Option<int>("--connections")
{
    Description = "Connections of the attack that only holds them.",
    DefaultValueFactory = _ => 10_000,
};
seconds.Validators.Add(result => RequirePositive(result, seconds));
connections.Validators.Add(result => RequirePositive(result, connections));
var hostile = new Command("hostile", """
    Attacks a server process in every way there is while honest agents trade. Prints what each attack was answered, the
    server's memory and the honest agents' latency. Ends with 1 where an answer is not the one that it must be, where
    their p99 is above 3 times the calm one (of at least 5 ms), or where memory grew by more than 512 MiB. Needs as many
    open files as connections, twice: ulimit -n.
    """) { seconds, connections };
hostile.SetAction((result, _) => HostileRun.RunAsync(
    result.GetValue(seconds), result.GetValue(connections), result.GetValue(json)));

// An attack is this program again.
if (args is ["attack", var attack, var market, .. { Length: 4 } numbers])
{
    var sizes = numbers.Select(static number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
    return await HostileRun.AttackAsync(
        attack, new Uri(market), new AttackSize(sizes[0], sizes[1], sizes[2]), TimeSpan.FromSeconds(sizes[3]));
}

return await new RootCommand("Long random runs that try to break the market.")
{
    json, scripts, timing, speed, hostile,
}
    .Parse(args)
    .InvokeAsync();

static void RequirePositive(System.CommandLine.Parsing.OptionResult result, Option<int> option)
{
    if (result.GetValue(option) < 1)
    {
        result.AddError($"{option.Name} is at least 1.");
    }
}
