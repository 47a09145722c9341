using System.Runtime.CompilerServices;
using System.Text;
using Market.Domain;

namespace Market.Testing;

/// <summary>
/// Commands that are told to a book one after the other, and the time that passes between them. Written as a list:
/// <c>[new Deposit(…), TimeSpan.FromMinutes(5), new Withdraw(…)]</c>.
/// </summary>
/// <param name="Steps">The steps.</param>
[CollectionBuilder(typeof(LedgerScript), nameof(Create))]
public sealed record LedgerScript(ValueArray<LedgerStep> Steps)
{
    /// <summary>A script of these steps.</summary>
    public static LedgerScript Create(ReadOnlySpan<LedgerStep> steps) => new(ValueArray.Create(steps));

    /// <summary>
    /// The random script of a seed, always the same: what <see cref="MarketArbitraries.Scripts"/> generates.
    /// </summary>
    /// <param name="seed">Any number.</param>
    /// <param name="length">How many steps.</param>
    public static LedgerScript Random(int seed, int length)
    {
        var writer = new ScriptWriter(new Random(seed));
        return new LedgerScript(Enumerable.Range(0, length).Select(_ => writer.NextStep()).ToValueArray());
    }

    /// <summary>The steps, one after the other.</summary>
    public ReadOnlySpan<LedgerStep>.Enumerator GetEnumerator() => Steps.GetEnumerator();

    /// <summary>The first steps.</summary>
    public LedgerScript Take(int count) => new(Steps.Take(count).ToValueArray());

    /// <summary>The script as C# that can be pasted into a test.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("LedgerModel.Run(\n[\n");
        foreach (var step in Steps)
        {
            _ = text.Append("    ").Append(step).Append(",\n");
        }

        return text.Append("]);").ToString();
    }
}
