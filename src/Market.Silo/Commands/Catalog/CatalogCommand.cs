using System.CommandLine;

namespace Market.Silo.Commands.Catalog;

/// <summary>`market catalog`: what concerns the index that searches use.</summary>
public static class CatalogCommand
{
    /// <summary>The command, to be added to the program's root.</summary>
    public static Command Create() => new("catalog", "See to the index of listings and requests.")
    {
        CatalogRebuildCommand.Create(),
    };
}
