using System.Text.Json;
using Market.Client;
using Market.Domain.Enrolling;

namespace Market.Silo.Commands.Enrolling;

/// <summary>What `market enrol` says when it has done its work.</summary>
internal static class EnrolText
{
    /// <summary>Says it.</summary>
    /// <param name="session">Where, and in which form.</param>
    /// <param name="enrolment">What was signed.</param>
    /// <param name="ownKey">The principal's key.</param>
    /// <param name="registered">The agent; null where it registers itself.</param>
    /// <param name="file">The file of the enrolment; null where the agent is registered.</param>
    public static void Write(
        PrincipalSession session, SignedEnrolment enrolment, AgentKey ownKey, Agent? registered, string? file)
    {
        var document = Enrolment.Read(enrolment.Document.Span)!;
        var profile = document.Profile;
        if (session.IsJson)
        {
            session.Output.WriteLine(JsonSerializer.Serialize(new
            {
                agent = registered?.Number.Value,
                name = profile.Name,
                principal = profile.Principal,
                role = RoleOf(profile),
                agentKey = $"sha256:{document.AgentKey}",
                principalKey = $"sha256:{ownKey.Thumbprint}",
                file,
                notBefore = document.NotBefore.ToString(),
                expiresAt = document.ExpiresAt.ToString(),
            }));
            return;
        }

        session.Output.WriteLine(registered is not null
            ? $"\"{profile.Name}\" is {registered.Number}, a {RoleOf(profile)} of {profile.Principal}; it connects "
                + "with its key and registers no more."
            : $"'{file}' lets the key sha256:{document.AgentKey} register as \"{profile.Name}\", "
                + $"a {RoleOf(profile)} of {profile.Principal}, until {document.ExpiresAt}. Hand it to the agent; "
                + "it is no secret.");
    }

    private static string RoleOf(AgentProfile profile) => profile.Role == AgentRole.Buyer ? "buyer" : "seller";
}
