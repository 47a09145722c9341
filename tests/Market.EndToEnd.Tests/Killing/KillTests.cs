using Market.EndToEnd.Tests.Support;
using Market.TestSupport;
using Xunit.Abstractions;

namespace Market.EndToEnd.Tests.Killing;

/// <summary>
/// Nothing acknowledged is lost (INV-7, 8, 16, 17, 21): a real server under kill -9, real connections, and a comparison
/// of all that the clients were told with all that the files hold.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_the_server_is_killed_again_and_again()
    {
        var plan = KillPlan.FromEnvironment();
        output.WriteLine(plan.ToString());
        try
        {
            using var folder = new TestFolder();
            await KillRun.RunAsync(plan, folder.Path, output);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{plan}: {error.Message}", error);
        }
    }

    [FactWithPostgres]
    public async Task Nothing_acknowledged_is_lost_when_a_server_on_PostgreSQL_is_killed_again_and_again()
    {
        var plan = KillPlan.FromEnvironment(killsByDefault: 8);
        output.WriteLine(plan.ToString());
        try
        {
            using var folder = new TestFolder();
            using var database = PostgresServer.Shared.CreateDatabase();
            await KillRun.RunAsync(plan, new StorePlace(folder.Path, database.Address), output);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{plan}: {error.Message}", error);
        }
    }
}
