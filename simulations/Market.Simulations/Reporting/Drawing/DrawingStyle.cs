namespace Market.Simulations.Reporting.Drawing;

/// <summary>
/// The colours of drawings, light and dark. Series differ in hue and in lightness, so that they stay apart for the
/// colour-blind (after Okabe and Ito, "Color universal design", 2008, darkened or lightened to a contrast of at least
/// 3:1 against the paper); shapes and dashes tell the same.
/// </summary>
internal static class DrawingStyle
{
    /// <summary>Number of series that have a colour of their own: classes s0, s1, and so on.</summary>
    public const int SeriesMax = 8;

    /// <summary>The style sheet.</summary>
    public const string Css = """
        :root{color-scheme:light dark;--paper:#ffffff;--ink:#1b1f24;--soft:#57606a;--rule:#d8dee4;--dot:#aab4c0;
        --c0:#0067a5;--c1:#c4500a;--c2:#007a5c;--c3:#a8437a;--c4:#8a6500;--c5:#2b86bd;--c6:#5a3fa3;--c7:#555b63}
        @media (prefers-color-scheme:dark){:root{--paper:#14181d;--ink:#e6eaef;--soft:#a3adb8;--rule:#333b45;
        --dot:#5d6875;--c0:#66b3f0;--c1:#ff9a66;--c2:#45cfa3;--c3:#f29fca;--c4:#e8c04d;--c5:#93dcff;--c6:#b8a4ff;
        --c7:#c3cad2}}
        @media print{:root{--paper:#ffffff;--ink:#000000;--soft:#444444;--rule:#cccccc;--dot:#aaaaaa;--c0:#0067a5;
        --c1:#c4500a;--c2:#007a5c;--c3:#a8437a;--c4:#8a6500;--c5:#2b86bd;--c6:#5a3fa3;--c7:#555b63}}
        .drawing{max-width:100%;height:auto;font:13px system-ui,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
        .paper{fill:var(--paper)}.label{fill:var(--ink)}.note{fill:var(--soft);font-size:12px}
        .small{fill:var(--ink);font-size:11px}.heading{fill:var(--ink);font-weight:600;font-size:14px}
        .onlight{fill:#10151a}.ondark{fill:#ffffff}.tiny{font-size:10px}
        .rule{stroke:var(--rule);stroke-width:1}.axis{stroke:var(--soft);stroke-width:1;fill:none}
        .limit{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 4;fill:none}
        .dots{stroke:var(--dot);stroke-width:2.6;stroke-linecap:round;fill:none}
        .frontier{stroke:var(--ink);stroke-width:1.4;fill:none}.frontier-dots{fill:var(--ink)}
        .solution{fill:var(--paper);stroke:var(--ink);stroke-width:1.6}
        .agreed{fill:none;stroke:var(--c3);stroke-width:3}.agreed-many{fill:var(--c3);fill-opacity:.55;stroke:none}
        .quartiles{fill:var(--c0);fill-opacity:.28;stroke:var(--c0)}
        .line{fill:none;stroke-width:2;stroke-linejoin:round}.thin{stroke-width:1;stroke-opacity:.75}
        .f0{fill:var(--c0)}.f1{fill:var(--c1)}.f2{fill:var(--c2)}.f3{fill:var(--c3)}
        .f4{fill:var(--c4)}.f5{fill:var(--c5)}.f6{fill:var(--c6)}.f7{fill:var(--c7)}
        .s0{stroke:var(--c0)}.s1{stroke:var(--c1);stroke-dasharray:8 3}.s2{stroke:var(--c2);stroke-dasharray:2 2}
        .s3{stroke:var(--c3);stroke-dasharray:10 3 2 3}.s4{stroke:var(--c4);stroke-dasharray:5 5}
        .s5{stroke:var(--c5);stroke-dasharray:14 4}.s6{stroke:var(--c6);stroke-dasharray:3 4 8 4}
        .s7{stroke:var(--c7);stroke-dasharray:1 4}.solid{stroke-dasharray:none}

        """;
}
