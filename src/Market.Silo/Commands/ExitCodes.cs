namespace Market.Silo.Commands;

/// <summary>How the program ends.</summary>
internal static class ExitCodes
{
    /// <summary>As asked.</summary>
    public const int Success = 0;

    /// <summary>It could not do what was asked; one line on standard error says why.</summary>
    public const int Failure = 1;

    /// <summary>What was asked makes no sense; one line on standard error says what would.</summary>
    public const int Usage = 2;
}
