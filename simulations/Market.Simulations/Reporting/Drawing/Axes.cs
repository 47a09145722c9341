namespace Market.Simulations.Reporting.Drawing;

/// <summary>Two axes with round numbers, faint rules across, and names.</summary>
internal static class Axes
{
    /// <summary>Draws them around the rectangle that both scales span.</summary>
    public static void Draw(SvgDrawing drawing, LinearScale x, LinearScale y, string xName, string yName)
    {
        Below(drawing, x, y, xName);
        Beside(drawing, x, y, yName);
    }

    /// <summary>The lower axis with its rules.</summary>
    public static void Below(SvgDrawing drawing, LinearScale x, LinearScale y, string name)
    {
        foreach (var tick in x.Ticks())
        {
            drawing.Line(x[tick], y.From, x[tick], y.To, "rule");
            drawing.Text(x[tick], y.From + 17, Markup.Number(tick, x.Digits()), "middle", "note");
        }

        drawing.Line(x.From, y.From, x.To, y.From, "axis");
        drawing.Text((x.From + x.To) / 2, y.From + 38, name, "middle");
    }

    /// <summary>The axis on the left with its rules.</summary>
    public static void Beside(SvgDrawing drawing, LinearScale x, LinearScale y, string name)
    {
        foreach (var tick in y.Ticks())
        {
            drawing.Line(x.From, y[tick], x.To, y[tick], "rule");
            drawing.Text(x.From - 8, y[tick] + 4, Markup.Number(tick, y.Digits()), "end", "note");
        }

        drawing.Line(x.From, y.From, x.From, y.To, "axis");
        drawing.TextUpwards(x.From - 62, (y.From + y.To) / 2, name);
    }
}
