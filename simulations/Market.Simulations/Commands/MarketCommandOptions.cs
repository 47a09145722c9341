using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Market.Domain.Strategies;
using Market.Silo.Commands.Demo.Magentic;
using Market.Simulations.Populations;

namespace Market.Simulations.Commands;

/// <summary>The options of `market`, and what they say.</summary>
internal sealed class MarketCommandOptions
{
    private const int GoodsMax = 1_000;
    private const int MenuMax = 64;

    private static readonly PopulationSettings Defaults = new();

    private readonly Option<string?> _dataSet = new("--data-set")
    {
        Description = "Folder of a Magentic data set, with 'customers' and 'businesses'; else agents are drawn.",
        HelpName = "DIR",
    };

    private readonly Option<int> _demand = Count("--demand", "Buyers; each needs one thing.", Defaults.Demand);
    private readonly Option<int> _supply = Count("--supply", "Sellers.", Defaults.Supply);
    private readonly Option<int> _goods = Count("--goods", "Kinds of goods.", Defaults.Goods);
    private readonly Option<int> _menu = Count("--menu", "Kinds that a seller has.", Defaults.Menu);
    private readonly Option<int> _periods = Count("--periods", "Periods over which buyers come.", 1);
    private readonly Option<int> _patience = Count("--patience", "Periods in which a buyer tries.", 1);

    private readonly Option<bool> _spread = new("--spread-sellers")
    {
        Description = "Sellers come over time, too; else all are there at the beginning.",
    };

    private readonly Option<long?> _stock = new("--stock")
    {
        Description = "Orders that a seller can serve; without it as many as come. Buyers then come one at a time.",
        HelpName = "N",
    };

    private readonly Option<string> _price = Drawn("--price", "A good's usual price.", Defaults.Price);
    private readonly Option<string> _worth = Drawn("--worth", "Worth to a buyer, per usual price.", Defaults.Worth);
    private readonly Option<string> _posted = Drawn("--posted", "Posted price, per usual price.", Defaults.Posted);
    private readonly Option<string> _floor = Drawn("--floor", "The least taken, per posted price.", Defaults.Floor);

    private readonly Option<string> _buyers = Strategy("--buyers", "How buyers concede, such as negmas:Boulware.");
    private readonly Option<string> _sellers = Strategy("--sellers", "How sellers concede.");

    private readonly Option<ulong> _seed = new("--seed")
    {
        Description = "What everything is drawn from.",
        HelpName = "N",
        DefaultValueFactory = static _ => 1,
    };

    private readonly Option<string?> _url = new("--url")
    {
        Description = "A market that runs already, in the place of one of its own.",
        HelpName = "URL",
    };

    private readonly Option<string?> _out = new("--out", "-o")
    {
        Description = "Write market.json, needs.csv and timing.json into this folder.",
        HelpName = "DIR",
    };

    /// <summary>Adds the options and their checks.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
        [
            _dataSet, _demand, _supply, _goods, _menu, _price, _worth, _posted, _floor, _periods, _patience, _spread,
            _stock, _buyers, _sellers, _seed, _url, _out,
        ])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(Validate);
    }

    /// <summary>What was given.</summary>
    /// <exception cref="MagenticDataException">The data set cannot be read.</exception>
    public (PopulationPlan Plan, Uri? Url, string? Folder) Read(ParseResult arguments)
    {
        var seed = arguments.GetValue(_seed);
        var folder = arguments.GetValue(_dataSet);
        var arrivals = new Arrivals(
            arguments.GetValue(_periods), arguments.GetValue(_patience), arguments.GetValue(_spread), seed);
        var plan = new PopulationPlan(
            folder is null ? "drawn" : Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)),
            folder is null ? PopulationMaker.Make(SettingsOf(arguments), seed) : MagenticMarket.Load(folder),
            arrivals,
            StrategyCatalog.FindTimeDependent(arguments.GetValue(_buyers)!),
            StrategyCatalog.FindTimeDependent(arguments.GetValue(_sellers)!),
            arguments.GetValue(_stock));
        var url = arguments.GetValue(_url);
        return (plan, url is null ? null : new Uri(url, UriKind.Absolute), arguments.GetValue(_out));
    }

    private static Option<int> Count(string name, string description, int standard) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => standard,
    };

    private static Option<string> Drawn(string name, string description, Distribution standard) => new(name)
    {
        Description = description,
        HelpName = "DIST",
        DefaultValueFactory = _ => standard.ToString(),
    };

    private static Option<string> Strategy(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "NAME",
        DefaultValueFactory = static _ => TimeDependentPreset.Linear.Name,
    };

    private PopulationSettings SettingsOf(ParseResult arguments) => new()
    {
        Demand = arguments.GetValue(_demand),
        Supply = arguments.GetValue(_supply),
        Goods = arguments.GetValue(_goods),
        Menu = arguments.GetValue(_menu),
        Price = Distribution.Parse(arguments.GetValue(_price)!)!,
        Worth = Distribution.Parse(arguments.GetValue(_worth)!)!,
        Posted = Distribution.Parse(arguments.GetValue(_posted)!)!,
        Floor = Distribution.Parse(arguments.GetValue(_floor)!)!,
    };

    private void Validate(CommandResult result)
    {
        RequireWithin(result, _demand, PopulationSettings.AgentsMax);
        RequireWithin(result, _supply, PopulationSettings.AgentsMax);
        RequireWithin(result, _goods, GoodsMax);
        RequireWithin(result, _menu, MenuMax);
        RequireWithin(result, _periods, Arrivals.PeriodsMax);
        RequireWithin(result, _patience, Arrivals.PeriodsMax);
        if (result.GetValue(_stock) is < 1 or > MagenticBusinessProfile.StockOfAny)
        {
            result.AddError($"{_stock.Name} is from 1 to {MagenticBusinessProfile.StockOfAny}.");
        }

        foreach (var option in (Option<string>[])[_price, _worth, _posted, _floor])
        {
            if (result.GetValue(option) is { } text && Distribution.Parse(text) is null)
            {
                result.AddError($"{option.Name} is '{text}'; write a distribution: {Distribution.Forms}.");
            }
        }

        CheckStrategy(result, _buyers);
        CheckStrategy(result, _sellers);
        if (result.GetValue(_url) is { } url
            && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "ws" or "wss"))
        {
            result.AddError($"{_url.Name} is '{url}'; write an address such as http://127.0.0.1:8080.");
        }

        foreach (var option in (Option[])[_demand, _supply, _goods, _menu, _price, _worth, _posted, _floor])
        {
            if (result.GetValue(_dataSet) is not null && result.GetResult(option) is not null)
            {
                result.AddError($"{option.Name} is for markets that are drawn; {_dataSet.Name} gives the agents.");
            }
        }
    }

    private static void RequireWithin(CommandResult result, Option<int> option, int largest)
    {
        // Here only what was written is known; defaults come later.
        if (result.GetResult(option) is not null
            && result.GetValue(option) is var value && (value < 1 || value > largest))
        {
            result.AddError(string.Create(
                CultureInfo.InvariantCulture, $"{option.Name} is {value}; write a whole number from 1 to {largest}."));
        }
    }

    private static void CheckStrategy(CommandResult result, Option<string> option)
    {
        if (result.GetValue(option) is { } name && !IsTimeDependent(name))
        {
            var names = string.Join(", ", StrategyCatalog.Names.Where(IsTimeDependent));
            result.AddError(
                $"{option.Name} is '{name}'; markets are played by time-dependent strategies: {names}, or "
                + "negmas:Poly<exponent>.");
        }
    }

    private static bool IsTimeDependent(string name)
    {
        try
        {
            StrategyCatalog.FindTimeDependent(name);
            return true;
        }
        catch (UnknownStrategyException)
        {
            return false;
        }
    }
}
