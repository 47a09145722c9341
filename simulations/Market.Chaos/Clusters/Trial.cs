namespace Market.Chaos.Clusters;

/// <summary>What is done to a cluster under load.</summary>
internal enum Trial
{
    /// <summary>One silo is killed in the middle of settlements, and started again.</summary>
    Kill = 1,

    /// <summary>One silo is stopped by SIGSTOP for longer than the others wait for it, and then goes on.</summary>
    Freeze = 2,

    /// <summary>One silo after the other is stopped in good order and started again.</summary>
    Roll = 3,

    /// <summary>The database server crashes and is started again.</summary>
    Database = 4,
}
