using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Market.Client.Hosting;

/// <summary>Registers market clients in a host.</summary>
public static class MarketClientServiceCollectionExtensions
{
    /// <summary>
    /// Registers one client, shared by the whole host: take a <see cref="MarketClientProvider"/> and call its GetAsync.
    /// It logs to the host's loggers, unless the options name others. Options that cannot be right are refused when the
    /// host starts.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the address and the key file at least.</param>
    public static IServiceCollection AddMarketClient(
        this IServiceCollection services, Action<MarketClientOptions> configure)
    {
        AddOptions(services, Options.DefaultName, configure);
        services.TryAddSingleton<MarketClientProvider>();
        return services;
    }

    /// <summary>
    /// Registers a client under a name, for hosts with several agents: take it as
    /// <c>[FromKeyedServices("name")] MarketClientProvider</c>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">The name; also that of its options.</param>
    /// <param name="configure">Sets the address and the key file at least; every agent has a key file of its
    /// own.</param>
    public static IServiceCollection AddMarketClient(
        this IServiceCollection services, string name, Action<MarketClientOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        AddOptions(services, name, configure);
        services.TryAddKeyedSingleton(name, static (provider, key) => new MarketClientProvider(
            Options.Create(provider.GetRequiredService<IOptionsMonitor<MarketClientOptions>>().Get((string?)key))));
        return services;
    }

    private static void AddOptions(IServiceCollection services, string name, Action<MarketClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<MarketClientOptions>, MarketClientOptionsValidator>());
        services.AddOptions<MarketClientOptions>(name)
            .Configure<IServiceProvider>(static (options, provider) =>
                options.LoggerFactory = provider.GetService<ILoggerFactory>() ?? options.LoggerFactory)
            .Configure(configure)
            .ValidateOnStart();
    }
}
