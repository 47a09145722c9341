namespace Market.Domain.Settling;

/// <summary>Decides checkpoints: moves nothing, and pins what was before.</summary>
internal static class CheckpointRules
{
    public static LedgerDecision Export(LedgerState state, ExportCheckpoint command, LedgerTime now)
    {
        if (command.After.Value > state.LastEntry.Value)
        {
            return LedgerDecision.Refuses(LedgerRefusal.CheckpointIsAheadOfBook, state.LastEntry);
        }

        // The entry after the one that is covered is the last checkpoint's own.
        if (state.LastEntry.Value <= (command.After.Value == 0 ? 0 : command.After.Value + 1))
        {
            return LedgerDecision.Refuses(LedgerRefusal.NothingToCheckpoint, state.LastEntry);
        }

        // Nothing may fail from here on.
        return LedgerDecision.Happens(new CheckpointExported(now, state.LastEntry, command.Head));
    }
}
