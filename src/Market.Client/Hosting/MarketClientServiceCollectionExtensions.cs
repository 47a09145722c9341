using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Market.Client.Hosting;

/// <summary>Registers a market client in a host.</summary>
public static class MarketClientServiceCollectionExtensions
{
    /// <summary>
    /// Registers one client, shared by the whole host: take a <see cref="MarketClientProvider"/> and call its GetAsync.
    /// It
    /// logs to the host's loggers, unless the options name others.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the address and the key file at least.</param>
    public static IServiceCollection AddMarketClient(
        this IServiceCollection services, Action<MarketClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.TryAddSingleton<IOptions<MarketClientOptions>>(provider =>
        {
            var options = new MarketClientOptions();
            if (provider.GetService<ILoggerFactory>() is { } loggers)
            {
                options.LoggerFactory = loggers;
            }

            configure(options);
            return Options.Create(options);
        });
        services.TryAddSingleton<MarketClientProvider>();
        return services;
    }
}
