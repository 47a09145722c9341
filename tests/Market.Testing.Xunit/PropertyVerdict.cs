using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Market.Testing.Xunit;

/// <summary>Listens to FsCheck and keeps the end of a run, in words.</summary>
internal sealed class PropertyVerdict(MethodInfo method, double discardRateMax) : IRunner
{
    private const int UnshrunkLengthMax = 500;
    private TestResult? _result;

    /// <summary>A line a class of cases, such as "60 % empty"; nothing where the property does not classify.</summary>
    public string Classification => _result is TestResult.Passed passed ? Classify(passed.Item1) : "";

    public void OnStartFixture(Type t)
    {
    }

    public void OnArguments(
        int ntest, FSharpList<object> args, FSharpFunc<int, FSharpFunc<FSharpList<object>, string>> every)
    {
    }

    public void OnShrink(FSharpList<object> args, FSharpFunc<FSharpList<object>, string> everyShrink)
    {
    }

    public void OnFinished(string name, TestResult result) => _result = result;

    public void ThrowIfFailed()
    {
        switch (_result)
        {
            case TestResult.Passed:
                return;
            case TestResult.Exhausted exhausted:
                throw new PropertyFailedException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Only {exhausted.Item.NumberOfTests} generated cases met the precondition, more than ")
                    + string.Create(CultureInfo.InvariantCulture, $"{100 * discardRateMax:F0} % were thrown away. ")
                    + "Generate cases that meet it, or raise DiscardRateMax.",
                    null);
            case TestResult.Failed failed:
                throw Failure(failed);
            default:
                throw new PropertyFailedException("FsCheck gave no verdict.", null);
        }
    }

    private PropertyFailedException Failure(TestResult.Failed failed)
    {
        var cause = failed.Item4 is Outcome.Failed outcome ? Innermost(outcome.Item) : null;
        var seed = failed.Item6;
        var unshrunk = Show(failed.Item2);
        var text = $"""
            Falsified after {failed.Item1.NumberOfTests} cases and {failed.Item1.NumberOfShrinks} shrinks.
            Counterexample: {Show(failed.Item3)}
            Before shrinking: {(unshrunk.Length > UnshrunkLengthMax ? $"{unshrunk[..UnshrunkLengthMax]} …" : unshrunk)}
            Again by: [Property(Replay = "{seed.Seed},{seed.Gamma},{failed.Item7}")]
            Cause: {cause?.GetType().Name ?? "false"} {cause?.Message}
            """;
        return new PropertyFailedException(text, cause);
    }

    private string Classify(TestData data) => data.Stamps.All(stamp => stamp.Item2.IsEmpty)
        ? ""
        : string.Join('\n', data.Stamps
        .Where(stamp => !stamp.Item2.IsEmpty)
        .Select(stamp => string.Create(
            CultureInfo.InvariantCulture, $"{stamp.Item1} % {string.Join(", ", stamp.Item2)}"))
        .Prepend($"{method.Name}: {data.NumberOfTests} cases")) + "\n";

    private string Show(FSharpList<object> arguments)
    {
        // FsCheck hands several arguments over as one tuple.
        var parameters = method.GetParameters();
        var values = arguments.Length == 1 && parameters.Length > 1 && arguments.Head is ITuple tuple
            ? Enumerable.Range(0, tuple.Length).Select(i => tuple[i])
            : arguments;
        return string.Join(
            ", ", parameters.Zip(values, static (parameter, value) => $"{parameter.Name} = {Show(value)}"));
    }

    private static string Show(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Show))}]",
        _ => value.ToString() ?? "",
    };

    private static Exception Innermost(Exception exception) =>
        exception is TargetInvocationException or AggregateException { InnerExceptions.Count: 1 }
            ? Innermost(exception.InnerException!)
            : exception;
}
