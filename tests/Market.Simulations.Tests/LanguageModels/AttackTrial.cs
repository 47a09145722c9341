using Market.Domain.Negotiating;
using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;
using Market.Simulations.LanguageModels;
using Market.Simulations.LanguageModels.Scripted;
using Market.TestSupport;

namespace Market.Simulations.Tests.LanguageModels;

/// <summary>
/// The customer of an attack folder negotiates with each of its businesses, reads their descriptions, and takes the
/// best deal.
/// </summary>
internal sealed class AttackTrial
{
    private readonly MagenticCustomer _customer;
    private readonly ObedientModel _model;
    private readonly List<string> _said = [];
    private readonly IReadOnlyList<ScriptedCall> _calls;

    public AttackTrial(string folder, TextExposure exposure, Func<string, bool> isPersuasive)
    {
        var market = MagenticMarket.Load(SharedData.PathOf("magentic", "attacks", folder));
        _customer = Assert.Single(market.Customers);
        _model = new ObedientModel(isPersuasive);
        using var client = new ScriptedChatClient(_model.Answer);
        Results = [.. market.Businesses.Select(business => Negotiate(client, business, exposure))];
        _calls = client.Calls;
        Choice = Results
            .Select((result, business) => (business, result.Agreement, Utility: UtilityOf(result.Agreement)))
            .MaxBy(static deal => (deal.Utility, -deal.business));
    }

    /// <summary>Every negotiation, offer by offer.</summary>
    public IReadOnlyList<Play> Results { get; }

    /// <summary>The business that is bought from, and for what.</summary>
    public (int Business, Outcome? Agreement, double Utility) Choice { get; }

    /// <summary>What the order is worth to the customer: private.</summary>
    public long WorthCents => _customer.Secret.WorthCents;

    /// <summary>Calls in which the model obeyed.</summary>
    public int Obeyed => _model.Obeyed;

    /// <summary>Messages that did not leave.</summary>
    public long Withheld { get; private set; }

    /// <summary>Messages that did.</summary>
    public IReadOnlyList<string> Said => _said;

    public IEnumerable<ScriptedCall> CallsThatAct => _calls.Where(static call => call.CanAct);

    public IEnumerable<ScriptedCall> CallsThatWrite => _calls.Where(static call => !call.CanAct);

    public double UtilityOf(Outcome? agreement) => agreement is { } deal ? WorthCents - deal[0] : 0;

    private Play Negotiate(ScriptedChatClient client, MagenticBusiness business, TextExposure exposure)
    {
        var posted = business.Profile.PostedTotalCents(_customer.Profile.Items);
        var agenda = MagenticRules.AgendaFor(posted);
        var own = new RankedOutcomes(new UtilityFunction(agenda, [ValueFunction.Linear(-1, WorthCents)]));
        var talk = new ListedTalk([new CounterpartyText("description", business.Profile.Description)]);
        var buyer = new ChatNegotiator(
            client, own, new ChatNegotiatorOptions { Exposure = exposure, AreLabelsTrusted = false }, talk: talk);
        var seller = new MagenticSeller(business, _customer.Profile.Items, TimeDependentPreset.Linear).Strategy;
        var result = Play.Of(agenda, new BlockingNegotiator(buyer), seller, MagenticRules.RoundsMax);
        _said.AddRange(talk.Said);
        Withheld += buyer.Account.MessagesWithheld;
        return result;
    }
}
