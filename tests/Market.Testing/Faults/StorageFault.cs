namespace Market.Testing.Faults;

/// <summary>What goes wrong with one storage call.</summary>
public enum StorageFault : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The call is refused and certainly has no effect (F3, F7, F10).</summary>
    FailBefore = 1,

    /// <summary>The call has no effect, and its caller cannot know that.</summary>
    UnknownBefore = 2,

    /// <summary>The call has its effect, and its answer is lost (F4).</summary>
    UnknownAfter = 3,

    /// <summary>The call waits until the journal is resumed, and every later append behind it (F6).</summary>
    Stall = 4,

    /// <summary>
    /// An append loses against another writer's row of the same event, which becomes durable in its place (F5). A call
    /// of another kind is not touched.
    /// </summary>
    Conflict = 5,

    /// <summary>The process ends just before the call has its effect; nothing is acknowledged any more (F1).</summary>
    StopBefore = 6,

    /// <summary>The process ends just after the call has had its effect, unheard (F1).</summary>
    StopAfter = 7,

    /// <summary>
    /// The row becomes durable and no observer hears of it, as a row of another process. A call of another kind is not
    /// touched.
    /// </summary>
    LoseAnnouncement = 8,

    /// <summary>Observers hear of the row twice. A call of another kind is not touched.</summary>
    RepeatAnnouncement = 9,
}
