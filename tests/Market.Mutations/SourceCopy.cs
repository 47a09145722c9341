namespace Market.Mutations;

/// <summary>A copy of the repository's tracked files, in which defects are planted; removed at the end.</summary>
internal sealed class SourceCopy : IDisposable
{
    private readonly string _root;

    private SourceCopy(string root, string path) => (_root, Path) = (root, path);

    /// <summary>Where the copy is.</summary>
    public string Path { get; }

    /// <summary>Copies what is tracked below a root, as it is in the work tree now.</summary>
    public static async Task<SourceCopy> MakeAsync(string root, CancellationToken cancellationToken)
    {
        var copy = new SourceCopy(root, Directory.CreateTempSubdirectory("market-mutations-").FullName);
        var listed = await Tool.RunAsync(root, "git", ["ls-files", "-z"], cancellationToken);
        if (listed.ExitCode != 0)
        {
            throw new DefectException($"git ls-files failed: {listed.Output}");
        }

        foreach (var file in listed.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var target = System.IO.Path.Combine(copy.Path, file);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            if (File.Exists(System.IO.Path.Combine(root, file)))
            {
                File.Copy(System.IO.Path.Combine(root, file), target);
            }
        }

        return copy;
    }

    /// <summary>Puts a defect in.</summary>
    public void Plant(Defect defect) => Write(defect, defect.Plant(Original(defect)));

    /// <summary>Takes a defect out again.</summary>
    public void Remove(Defect defect) => Write(defect, Original(defect));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string Original(Defect defect) => File.ReadAllText(System.IO.Path.Combine(_root, defect.File));

    private void Write(Defect defect, string text) =>
        File.WriteAllText(System.IO.Path.Combine(Path, defect.File), text);
}
