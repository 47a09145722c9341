namespace Market.Simulations.Reporting.Drawing;

/// <summary>Shapes of points: colour alone never tells two things apart.</summary>
internal enum Mark
{
    /// <summary>A disc.</summary>
    Circle,

    /// <summary>A square on its side.</summary>
    Square,

    /// <summary>A square on its corner.</summary>
    Diamond,

    /// <summary>A triangle with its tip up.</summary>
    Triangle,

    /// <summary>A triangle with its tip down.</summary>
    Wedge,

    /// <summary>A star with five points.</summary>
    Star,

    /// <summary>An upright cross.</summary>
    Plus,

    /// <summary>A lying cross.</summary>
    Cross,
}
