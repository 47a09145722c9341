using System.CommandLine;

namespace Market.Silo.Commands.Store;

/// <summary>`market store`: what concerns the place where a market keeps its journal.</summary>
public static class StoreCommand
{
    /// <summary>The command, to be added to the program's root.</summary>
    public static Command Create() => new("store", "Move a market's journal between a folder and PostgreSQL.")
    {
        StoreCopyCommand.Create(),
    };
}
