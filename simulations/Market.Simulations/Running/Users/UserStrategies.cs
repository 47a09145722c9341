using System.Linq.Expressions;
using System.Reflection;
using System.Security.Cryptography;
using Market.Domain.Strategies;

namespace Market.Simulations.Running.Users;

/// <summary>
/// Users' own strategies: public classes that implement <see cref="INegotiator"/> and have a public constructor of
/// (RankedOutcomes) or of (RankedOutcomes, ulong seed). Those with a seed use chance. Each is named user:CLASS.
/// </summary>
internal static class UserStrategies
{
    /// <summary>What a full name of a user's strategy begins with.</summary>
    public const string Family = "user:";

    private static readonly Type[] WithoutSeed = [typeof(RankedOutcomes)];
    private static readonly Type[] WithSeed = [typeof(RankedOutcomes), typeof(ulong)];

    /// <summary>
    /// Whether an entry among the strategies is a path and not a name: it ends in .dll, .cs or .csproj, or has a
    /// folder's separator; behind a # one class may be named.
    /// </summary>
    public static bool IsPath(string entry)
    {
        var path = entry.Split('#')[0];
        return path.Contains('/', StringComparison.Ordinal)
            || path.Contains('\\', StringComparison.Ordinal)
            || Path.GetExtension(path).ToUpperInvariant() is ".DLL" or ".CS" or ".CSPROJ";
    }

    /// <summary>
    /// The strategies of an assembly, of a project or of one C# file, which are built first; sorted by name.
    /// </summary>
    /// <param name="entry">The path; behind a # one class may be named.</param>
    /// <param name="folders">Where single files are built.</param>
    /// <param name="cancellation">Gives up building.</param>
    /// <exception cref="RunRefusedException">There is no such file, it does not build or load, or it has no
    /// strategy.</exception>
    public static IReadOnlyList<RunStrategy> Load(
        string entry, BuildFolders folders, CancellationToken cancellation)
    {
        var (path, wanted) = entry.Split('#', 2) is [var before, var behind] ? (before, behind) : (entry, null);
        var assembly = UserProject.AssemblyOf(path, folders, cancellation);
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(assembly)));
        var recipes = TypesOf(assembly)
            .Where(type => wanted is null || type.Name == wanted)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => RecipeOf(type, assembly))
            .OfType<RunStrategy>()
            .Select(recipe => recipe with { Source = entry, SourceSha256 = hash })
            .ToList();
        return recipes.Count > 0
            ? recipes
            : throw new RunRefusedException(
                $"{path} has no strategy{(wanted is null ? "" : $" '{wanted}'")}: a public class that implements "
                + "INegotiator, with a public constructor of (RankedOutcomes) or of (RankedOutcomes, ulong).");
    }

    private static Type[] TypesOf(string assembly)
    {
        try
        {
            return new UserAssemblyContext(assembly).LoadFromAssemblyPath(assembly).GetExportedTypes();
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or FileNotFoundException
            or TypeLoadException or ReflectionTypeLoadException)
        {
            throw new RunRefusedException($"{assembly} cannot be loaded: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Loads one class of a user's and gives what makes strategies of it.</summary>
    /// <exception cref="RunRefusedException">It cannot be loaded, or is no strategy.</exception>
    public static Func<RankedOutcomes, ulong, INegotiator> MakerOf(UserCode code) =>
        TypesOf(code.Assembly).FirstOrDefault(type => type.FullName == code.TypeName) is { } type
            && ConstructorOf(type) is { } constructor
            ? MakerOf(constructor)
            : throw new RunRefusedException($"{code.Assembly} has no strategy {code.TypeName}");

    private static RunStrategy? RecipeOf(Type type, string assembly)
    {
        if (type.IsAbstract || type.IsGenericTypeDefinition || !type.IsAssignableTo(typeof(INegotiator)))
        {
            return null;
        }

        return ConstructorOf(type) is { } constructor
            ? new RunStrategy(Family + type.Name, constructor.GetParameters().Length == 2, MakerOf(constructor))
            {
                Code = new UserCode(assembly, type.FullName!),
            }
            : null;
    }

    private static ConstructorInfo? ConstructorOf(Type type) =>
        type.GetConstructor(WithSeed) ?? type.GetConstructor(WithoutSeed);

    /// <summary>A compiled call of the constructor: reflection would take longer than many a negotiation.</summary>
    private static Func<RankedOutcomes, ulong, INegotiator> MakerOf(ConstructorInfo constructor)
    {
        var own = Expression.Parameter(typeof(RankedOutcomes));
        var seed = Expression.Parameter(typeof(ulong));
        Expression[] arguments = constructor.GetParameters().Length == 2 ? [own, seed] : [own];
        var made = Expression.Convert(Expression.New(constructor, arguments), typeof(INegotiator));
        return Expression.Lambda<Func<RankedOutcomes, ulong, INegotiator>>(made, own, seed).Compile();
    }
}
