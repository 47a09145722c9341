using System.Reflection;
using System.Runtime.Loader;

namespace Market.Simulations.Running.Users;

/// <summary>
/// Where a user's assembly lives: apart from this program and from other users' assemblies, with its own dependencies
/// from its own folder. Only Market.Domain is shared, since the contract of a strategy is in it.
/// </summary>
/// <param name="path">The assembly's full path.</param>
internal sealed class UserAssemblyContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private static readonly string Shared = typeof(Domain.Strategies.INegotiator).Assembly.GetName().Name!;
    private readonly AssemblyDependencyResolver _dependencies = new(path);

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName) =>
        assemblyName.Name != Shared && _dependencies.ResolveAssemblyToPath(assemblyName) is { } found
            ? LoadFromAssemblyPath(found)
            : null;

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _dependencies.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found
            ? LoadUnmanagedDllFromPath(found)
            : nint.Zero;
}
