using System.CommandLine;
using Market.Chaos;
using Market.Chaos.Clusters;
using Market.Chaos.Fuzzing;
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

var all = new RootCommand("Long random runs that try to break the market.")
{
    json, scripts, timing, speed, FuzzCommand.Create(seed, json), HostileCommand.Create(json),
    ClusterCommand.Create(seed, json),
};
return await (HostileCommand.TryAttackAsync(args) ?? all
    .Parse(args)
    .InvokeAsync());

static void RequirePositive(System.CommandLine.Parsing.OptionResult result, Option<int> option)
{
    if (result.GetValue(option) < 1)
    {
        result.AddError($"{option.Name} is at least 1.");
    }
}
