using Market.Testing;
using Xunit.Abstractions;

namespace Market.Domain.Tests.Settling;

/// <summary>Scripts on a book that remembers eight ids: what they prove, they prove of these situations too.</summary>
public sealed class LedgerSituationsTests(ITestOutputHelper output)
{
    [Fact]
    public void Scripts_reach_every_situation_that_they_are_to_prove_something_about()
    {
        var sometimes = new Sometimes(LedgerSituations.All);
        for (var seed = 0; seed < 60; seed++)
        {
            var situations = new LedgerSituations(sometimes);
            _ = LedgerModel.Run(
                LedgerScript.Random(1_000 + seed, length: 200),
                new LedgerModelOptions { Decide = situations.Decide, EntriesMax = 8 });
        }

        output.WriteLine(string.Join('\n', sometimes.Counts));
        sometimes.RequireAll();
    }
}
