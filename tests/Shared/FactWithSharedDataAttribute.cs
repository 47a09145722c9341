namespace Market.TestSupport;

/// <summary>
/// A fact that needs the reference data beside the repository, and is skipped, with the reason, where it is absent.
/// </summary>
internal sealed class FactWithSharedDataAttribute : FactAttribute
{
    public FactWithSharedDataAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = "The folder shared/data is in none of the folders above the tests.";
        }
    }
}
