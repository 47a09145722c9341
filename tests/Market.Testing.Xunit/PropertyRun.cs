using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using FsCheck;
using Microsoft.FSharp.Collections;
using Microsoft.FSharp.Core;

namespace Market.Testing.Xunit;

/// <summary>Runs one property by FsCheck and turns a counterexample into an exception with a text for people.</summary>
internal static class PropertyRun
{
    /// <summary>
    /// Checks a method, called on a test class's instance, as its <see cref="PropertyAttribute"/> says.
    /// </summary>
    /// <exception cref="PropertyFailedException">A counterexample was found, or too few cases met a
    /// precondition.</exception>
    public static void Check(MethodInfo method, object? instance)
    {
        var attribute = method.GetCustomAttribute<PropertyAttribute>()!;
        var verdict = new Verdict(method);
        var config = Config.Quick
            .WithName(method.Name)
            .WithMaxTest(attribute.MaxTest)
            .WithStartSize(attribute.StartSize)
            .WithEndSize(attribute.EndSize)
            .WithArbitrary(attribute.Arbitraries is { } type ? new[] { type } : [])
            .WithReplay(attribute.Replay is { } text ? FSharpOption<Replay>.Some(ParseReplay(text)) : null)
            .WithRunner(verdict);
        FsCheck.Check.Method(config, method, instance is null ? null : FSharpOption<object>.Some(instance));
        verdict.ThrowIfFailed();
    }

    /// <summary>Reads "seed,gamma" or "seed,gamma,size".</summary>
    private static Replay ParseReplay(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length is not (2 or 3))
            throw new ArgumentException($"Replay is \"seed,gamma,size\" from a failure text, not \"{text}\".");

        var rnd = new Rnd(
            ulong.Parse(parts[0], CultureInfo.InvariantCulture), ulong.Parse(parts[1], CultureInfo.InvariantCulture));
        return new Replay(
            rnd,
            parts.Length == 3 ? FSharpOption<int>.Some(int.Parse(parts[2], CultureInfo.InvariantCulture)) : null);
    }

    private sealed class Verdict(MethodInfo method) : IRunner
    {
        private TestResult? _result;

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
                        $"Only {exhausted.Item.NumberOfTests} generated cases met the precondition.", null);
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
            var text = $"""
                Falsified after {failed.Item1.NumberOfTests} cases and {failed.Item1.NumberOfShrinks} shrinks.
                Counterexample: {Show(failed.Item3)}
                Before shrinking: {Show(failed.Item2)}
                Again by: [Property(Replay = "{seed.Seed},{seed.Gamma},{failed.Item7}")]
                Cause: {cause?.GetType().Name ?? "false"} {cause?.Message}
                """;
            return new PropertyFailedException(text, cause);
        }

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
            string text => System.Text.Json.JsonSerializer.Serialize(text),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Show))}]",
            _ => value.ToString() ?? "",
        };

        private static Exception Innermost(Exception exception) =>
            exception is TargetInvocationException or AggregateException { InnerExceptions.Count: 1 }
                ? Innermost(exception.InnerException!)
                : exception;
    }
}

/// <summary>A property does not hold; the text has the counterexample.</summary>
public sealed class PropertyFailedException(string message, Exception? cause) : Exception(message, cause);
