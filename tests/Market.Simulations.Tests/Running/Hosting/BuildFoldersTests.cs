using Market.Simulations.Running.Users;

namespace Market.Simulations.Tests.Running.Hosting;

public sealed class BuildFoldersTests
{
    [Fact]
    public void A_folder_for_building_is_nobody_elses_and_goes_at_the_end()
    {
        string first, second;
        using (var folders = new BuildFolders())
        {
            (first, second) = (folders.New(), folders.New());
            File.WriteAllText(Path.Combine(first, "file"), "text");
            Assert.NotEqual(first, second);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                    File.GetUnixFileMode(first));
            }
        }

        Assert.False(Directory.Exists(first));
        Assert.False(Directory.Exists(second));
    }

    [Fact]
    public void One_file_gives_the_same_assembly_wherever_it_is_built()
    {
        using var folders = new BuildFolders();
        var file = Path.Combine(folders.New(), "Still.cs");
        File.WriteAllText(file, """
            using Market.Domain.Strategies;
            public sealed class Still(RankedOutcomes own) : INegotiator
            {
                public NegotiatorAct Act(in NegotiationView view) => NegotiatorAct.Propose(own.Best);
            }
            """);

        var first = Assert.Single(UserStrategies.Load(file, folders, CancellationToken.None));
        var second = Assert.Single(UserStrategies.Load(file, folders, CancellationToken.None));

        Assert.NotEqual(first.Code!.Assembly, second.Code!.Assembly);
        Assert.Equal(first.SourceSha256, second.SourceSha256);
    }
}
