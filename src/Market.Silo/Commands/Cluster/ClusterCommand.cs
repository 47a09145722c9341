using System.CommandLine;

namespace Market.Silo.Commands.Cluster;

/// <summary>`market cluster`: what concerns the silos of a cluster.</summary>
internal static class ClusterCommand
{
    /// <summary>The command, to be added to the program's root.</summary>
    public static Command Create() => new("cluster", "See to the silos of a cluster.")
    {
        ClusterStatusCommand.Create(),
    };
}
