namespace Market.Simulations.Running;

/// <summary>Which strategies of a tournament meet.</summary>
internal enum PairingMode
{
    /// <summary>Every strategy in every seat against every other: both of A–B and B–A.</summary>
    Cartesian = 0,

    /// <summary>Every set of strategies once, the one named first in the first seat: A–B only.</summary>
    RoundRobin = 1,
}
