using Market.Domain.Strategies;

namespace Market.Simulations.Scenarios;

/// <summary>Every limit of scenario files, named once, with its reason.</summary>
internal static class ScenarioLimits
{
    /// <summary>Bytes of one file: a table of a million values fits, and no file can fill the memory.</summary>
    public const int FileBytesMax = 64 * 1024 * 1024;

    /// <summary>Nesting of a file's fields and lists: no format needs more than 10.</summary>
    public const int DepthMax = 32;

    /// <summary>Parties of a scenario; more than any negotiation in the literature has.</summary>
    public const int PartiesMax = 16;

    /// <summary>Characters of a name of an issue, a value, a profile, a scenario: tables stay readable.</summary>
    public const int NameLengthMax = 200;

    /// <summary>Values of an issue that is valued by a table or by points: no outcome space has more.</summary>
    public const int TableMax = OutcomeSpace.CountMax;

    /// <summary>Most rounds that a scenario can ask for: a run of them still ends.</summary>
    public const int RoundsMax = 1_000_000;

    /// <summary>Files of one folder that are looked into: a wrong folder is refused and not read for ever.</summary>
    public const int FilesMax = 10_000;

    /// <summary>Folders within folders that are looked into.</summary>
    public const int FolderDepthMax = 4;
}
