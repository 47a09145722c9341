using Market.Domain.Wire;

namespace Market.Domain.Settling;

/// <summary>
/// The market's own act: writes into the book that it is published up to here. What is published outside the store, a
/// signed <see cref="Auditing.Checkpoint"/>, is made of the answer.
/// </summary>
/// <param name="After">The entry that the last published checkpoint covers; 0 for none.</param>
/// <param name="Head">
/// Hash of the book's last entry. The book's grain puts its own chain's here, whatever a sender says.
/// </param>
[WireType(545)]
public sealed record ExportCheckpoint(EntryNumber After, Hash256 Head = default) : LedgerCommand;

/// <summary>The book is published up to the entry before this one.</summary>
/// <param name="At">When.</param>
/// <param name="Entry">The last entry that the checkpoint covers.</param>
/// <param name="Head">Hash of that entry, and so of all entries up to it.</param>
[WireType(645)]
public sealed record CheckpointExported(LedgerTime At, EntryNumber Entry, Hash256 Head) : LedgerEvent(At);

/// <summary>What a checkpoint that is to be published covers.</summary>
/// <param name="Entry">The last entry that it covers.</param>
/// <param name="Head">Hash of that entry, and so of all entries up to it.</param>
/// <param name="At">When it was taken.</param>
[WireType(557)]
public sealed record CheckpointTaken(EntryNumber Entry, Hash256 Head, LedgerTime At) : LedgerAnswer;
