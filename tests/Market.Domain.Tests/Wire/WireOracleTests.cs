using System.Diagnostics;
using System.Globalization;
using System.Text;
using Market.Domain.Wire;
using Market.Testing;
using Market.TestSupport;
using Xunit.Abstractions;

namespace Market.Domain.Tests.Wire;

/// <summary>
/// The wire beside an independent implementation: it reads the same values, and writes the same bytes.
/// </summary>
public sealed class WireOracleTests(ITestOutputHelper output)
{
    private const int MessagesMax = 500;

    [FactWithMessagePackOracle]
    public async Task An_independent_implementation_reads_and_writes_the_same()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var types = WireSamples.Types.Where(static type => type.Assembly == typeof(WireSamples).Assembly).ToList();
        var generator = new WireValueGenerator(seed, types);
        var messages = Enumerable.Range(0, MessagesMax)
            .Select(i => WireCatalog.EncodeTagged(Portable(generator.Next(types[i % types.Count]))))
            .ToList();

        var answers = await AskAsync(messages.Select(Convert.ToHexString));

        Assert.Equal(messages.Count, answers.Count);
        foreach (var (message, answer) in messages.Zip(answers))
            Assert.Equal($"{Describe(message)}\t{Convert.ToHexString(message)}", answer);
    }

    /// <summary>JavaScript has one number type: a whole float becomes an integer, and a NaN loses its bits.</summary>
    private static object Portable(object message) =>
        message is Scalars scalars ? scalars with { Real = 1 / 3.0 } : message;

    private static async Task<List<string>> AskAsync(IEnumerable<string> lines)
    {
        var start = new ProcessStartInfo("node", [NodeScripts.PathOf("msgpack-oracle.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.ASCII,
        };
        using var node = Process.Start(start)!;
        var answers = node.StandardOutput.ReadToEndAsync();
        await node.StandardInput.WriteLineAsync(string.Join('\n', lines));
        node.StandardInput.Close();
        var text = await answers;
        await node.WaitForExitAsync();
        Assert.Equal(0, node.ExitCode);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string Describe(byte[] message)
    {
        var reader = new MessagePackReader(message);
        var text = Describe(message, ref reader);
        reader.RequireEnd();
        return text;
    }

    private static string Describe(byte[] message, ref MessagePackReader reader)
    {
        switch (message[reader.Position])
        {
            case 0xC0:
                Assert.True(reader.TryReadNil());
                return "nil";
            case 0xC2 or 0xC3:
                return reader.ReadBoolean() ? "true" : "false";
            case 0xC4 or 0xC5 or 0xC6:
                return "x" + Convert.ToHexString(reader.ReadBinary());
            case 0xCB:
                var bits = BitConverter.DoubleToInt64Bits(reader.ReadFloat64());
                return "f" + bits.ToString("X16", CultureInfo.InvariantCulture);
            case 0xCF:
                return reader.ReadUInt64().ToString(CultureInfo.InvariantCulture);
            case (>= 0xA0 and <= 0xBF) or 0xD9 or 0xDA or 0xDB:
                return "s" + Convert.ToHexString(Encoding.UTF8.GetBytes(reader.ReadString()));
            case (>= 0x90 and <= 0x9F) or 0xDC or 0xDD:
                var elements = new string[reader.BeginArray()];
                for (var i = 0; i < elements.Length; i++)
                    elements[i] = Describe(message, ref reader);

                reader.EndArray();
                return $"[{string.Join(' ', elements)}]";
            default:
                return reader.ReadInt64().ToString(CultureInfo.InvariantCulture);
        }
    }
}

/// <summary>
/// A fact that needs Node and the npm package of tests/interop; without them it is skipped, and says why.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithMessagePackOracleAttribute : FactAttribute
{
    public FactWithMessagePackOracleAttribute() => Skip = NodeScripts.WhyNot("@msgpack/msgpack");
}
