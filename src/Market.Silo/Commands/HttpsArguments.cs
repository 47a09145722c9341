using System.CommandLine;
using System.CommandLine.Parsing;
using Market.Silo.Https;

namespace Market.Silo.Commands;

/// <summary>
/// What `market serve` is told of TLS and of its own names. A password is never an argument: other users of a machine
/// see those.
/// </summary>
internal static class HttpsArguments
{
    private const long PasswordBytesMax = 4096;

    private static readonly Option<bool> Https = new("--https")
    {
        Description = "Speak TLS; without --certificate with a self-made one, for development, kept in keys/.",
    };

    private static readonly Option<string?> Certificate = new("--certificate")
    {
        Description = "The server's certificate with its chain, PEM or PKCS #12 (.pfx).",
        HelpName = "FILE",
    };

    private static readonly Option<string?> Key = new("--certificate-key")
    {
        Description = "Its private key in PEM, where it is not in the same file. The password of an encrypted one "
            + $"comes from the variable {CertificateFiles.PasswordVariable}.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> PasswordFile = new("--certificate-password-file")
    {
        Description = "Or the password comes from this file's first line.",
        HelpName = "FILE",
    };

    private static readonly Option<string[]> Hosts = new("--host")
    {
        Description = "A name by which others reach the market; requests under other names are refused then.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = static _ => [],
    };

    /// <summary>Adds the options and what must hold of them.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Https, Certificate, Key, PasswordFile, Hosts])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(Validate);
    }

    /// <summary>Whether the addresses are https ones.</summary>
    public static bool IsHttps(SymbolResult result) => result.GetValue(Https);

    /// <summary>The names that were given.</summary>
    public static IReadOnlyList<string> HostsOf(ParseResult arguments) => arguments.GetValue(Hosts)!;

    /// <summary>What was said of TLS; null where the market speaks plain HTTP.</summary>
    /// <exception cref="MarketStartException">The password's file cannot be read.</exception>
    public static HttpsOptions? Of(ParseResult arguments) => !arguments.GetValue(Https) ? null : new HttpsOptions
    {
        CertificateFile = FullPath(arguments.GetValue(Certificate)),
        KeyFile = FullPath(arguments.GetValue(Key)),
        Password = arguments.GetValue(PasswordFile) is { } file
            ? PasswordOf(file)
            : Environment.GetEnvironmentVariable(CertificateFiles.PasswordVariable) is { Length: > 0 } password
                ? password
                : null,
    };

    private static void Validate(CommandResult result)
    {
        if (!result.GetValue(Https)
            && (result.GetValue(Certificate) ?? result.GetValue(Key) ?? result.GetValue(PasswordFile)) is not null)
        {
            result.AddError("A certificate is for TLS; add --https.");
        }
        else if (result.GetValue(Certificate) is null
            && (result.GetValue(Key) ?? result.GetValue(PasswordFile)) is not null)
        {
            result.AddError("Name the certificate too, with --certificate.");
        }

        foreach (var host in result.GetValue(Hosts) ?? [])
        {
            if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            {
                result.AddError($"--host is '{host}'; write a name such as market.example, without scheme and port.");
            }
        }
    }

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);

    private static string PasswordOf(string file)
    {
        try
        {
            return new FileInfo(file).Length <= PasswordBytesMax && File.ReadLines(file).FirstOrDefault() is { } line
                ? line
                : throw new MarketStartException($"The first line of '{file}' is to be the certificate's password.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MarketStartException($"The password's file '{file}' cannot be read: {error.Message}", error);
        }
    }
}
