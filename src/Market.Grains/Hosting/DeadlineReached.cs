using Market.Domain.Wire;

namespace Market.Grains.Hosting;

/// <summary>
/// Tells a grain that the deadline its stream armed has come. It is told again until a row changes the deadline, so
/// taking it twice must do nothing more than taking it once.
/// </summary>
[WireType(880)]
public sealed record DeadlineReached;
