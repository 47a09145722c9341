using System.Globalization;
using System.Reflection;
using FsCheck;
using Microsoft.FSharp.Core;

namespace Market.Testing.Xunit;

/// <summary>Runs one property by FsCheck and turns a counterexample into an exception with a text for people.</summary>
internal static class PropertyRun
{
    /// <summary>
    /// Checks a method, called on a test class's instance, as its <see cref="PropertyAttribute"/> says.
    /// </summary>
    /// <returns>What the cases were made of, where the property classifies them; else nothing.</returns>
    /// <exception cref="PropertyFailedException">A counterexample was found, or too few cases met a
    /// precondition.</exception>
    public static string Check(MethodInfo method, object? instance)
    {
        var attribute = method.GetCustomAttribute<PropertyAttribute>()!;
        var verdict = new PropertyVerdict(method, attribute.DiscardRateMax);
        var config = Config.Quick
            .WithName(method.Name)
            .WithMaxTest(attribute.MaxTest)
            .WithMaxRejected(DiscardsMax(attribute) + 1)
            .WithStartSize(attribute.StartSize)
            .WithEndSize(attribute.EndSize)
            .WithArbitrary(attribute.Arbitraries is { } type ? new[] { type } : [])
            .WithReplay(attribute.Replay is { } text ? FSharpOption<Replay>.Some(ParseReplay(text)) : null)
            .WithRunner(verdict);
        FsCheck.Check.Method(
            config, ValueTaskMethod.Bridge(method), instance is null ? null : FSharpOption<object>.Some(instance));
        verdict.ThrowIfFailed();
        return verdict.Classification;
    }

    /// <summary>Of d discards beside n cases, d ÷ (n + d) is at most the rate.</summary>
    private static int DiscardsMax(PropertyAttribute attribute) => attribute.DiscardRateMax is >= 0 and < 1
        ? (int)(attribute.MaxTest * attribute.DiscardRateMax / (1 - attribute.DiscardRateMax))
        : throw new ArgumentException($"DiscardRateMax is from 0 to below 1, not {attribute.DiscardRateMax}.");

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
}
