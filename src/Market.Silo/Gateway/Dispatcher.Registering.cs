using Market.Domain.Enrolling;
using Market.Domain.Wire.Messages;
using Market.Grains;
using Market.Grains.Hosting;

namespace Market.Silo.Gateway;

/// <content>Registration: the enrolment's signature is verified here, what it allows the directory decides.</content>
internal sealed partial class Dispatcher
{
    private const string EnrolmentRule =
        "Sign the wire form of an Enrolment under the purpose market.enrolment.v1 with the principal's key.";

    /// <summary>Registers the agent of a key that its session has proved.</summary>
    public async ValueTask<object> RegisterAsync(ReadOnlyMemory<byte> publicKey, Register register)
    {
        if (register.Enrolment is not { } enrolment)
        {
            // Whoever is registered may ask again without: nothing new is decided for them.
            var known = await FindByKeyAsync(publicKey).ConfigureAwait(false);
            return known.Agent is null ? Refusals.Of(EnrolmentRefusal.EnrolmentRequired, EnrolmentRule)
                : await RegisterAsync(new EnrolAgent(publicKey, register.Profile)).ConfigureAwait(false);
        }

        using (var key = PublicKeys.Import(enrolment.PublicKey.Span))
        {
            if (key is null)
            {
                return Refusals.Of(EnrolmentRefusal.EnrolmentKeyIsInvalid);
            }
        }

        return !verifier.VerifyEnrolment(enrolment)
            ? Refusals.Of(EnrolmentRefusal.EnrolmentSignatureIsWrong, EnrolmentRule)
            : await RegisterAsync(new EnrolAgent(publicKey, register.Profile, enrolment, options.Admission))
                .ConfigureAwait(false);
    }

    private async ValueTask<object> RegisterAsync(EnrolAgent command)
    {
        var answer = await cluster.AskAsync(GrainId.Directory, command).ConfigureAwait(false);
        return answer is AgentFound found ? new Welcome(found.Agent) : answer;
    }
}
