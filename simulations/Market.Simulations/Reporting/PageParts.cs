namespace Market.Simulations.Reporting;

/// <summary>The style sheet and the script of a page, beside those of its drawings.</summary>
internal static class PageParts
{
    /// <summary>The style sheet.</summary>
    public const string Css = """
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:1120px;padding:0 24px 64px;background:var(--paper);color:var(--ink);
        font:16px/1.55 system-ui,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
        h1{font-size:1.9rem;line-height:1.2;margin:40px 0 12px;overflow-wrap:anywhere}
        h2{font-size:1.35rem;margin:48px 0 8px;padding-top:12px;border-top:1px solid var(--rule)}
        h3{font-size:1.05rem;margin:28px 0 6px}
        p,.terms{max-width:78ch}.lead{font-size:1.1rem}
        .warning{border-left:4px solid var(--c1);padding:8px 14px;
        background:color-mix(in srgb,var(--c1) 9%,var(--paper))}
        a{color:var(--c0)}a:focus-visible,summary:focus-visible,button:focus-visible,.scroll:focus-visible,
        pre:focus-visible{outline:2px solid var(--c0);outline-offset:2px}
        nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;padding:0;margin:0;font-size:.92rem}
        .tiles{display:flex;flex-wrap:wrap;gap:12px;margin:18px 0}
        .tiles div{border:1px solid var(--rule);border-radius:8px;padding:10px 18px;min-width:120px}
        .tiles dt{color:var(--soft);font-size:.85rem}.tiles dd{margin:0;font-size:1.5rem;font-weight:600}
        .terms dt{font-weight:600;margin-top:10px}.terms dd{margin:0 0 0 1.2em}
        .scroll{overflow-x:auto}figure{margin:18px 0 26px}
        figcaption,caption{color:var(--soft);font-size:.9rem;text-align:left;padding:4px 0;max-width:90ch}
        table{border-collapse:collapse;font-size:.88rem;margin:12px 0 22px;font-variant-numeric:tabular-nums}
        th,td{padding:5px 12px 5px 0;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
        thead th{vertical-align:bottom;border-bottom:2px solid var(--soft)}tbody th{font-weight:500}
        td.number,th.number{text-align:right;white-space:nowrap;padding-left:10px}
        th button{all:unset;cursor:pointer;font-weight:600}th[aria-sort=ascending] button::after{content:" ▲"}
        th[aria-sort=descending] button::after{content:" ▼"}
        pre{background:color-mix(in srgb,var(--ink) 6%,var(--paper));padding:12px 14px;
        border-radius:6px;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
        summary{cursor:pointer;padding:6px 0;color:var(--c0)}
        @media print{body{max-width:none;padding:0;font-size:10.5pt}nav,summary{display:none}h2,h3{break-after:avoid}
        figure,.tiles,tr{break-inside:avoid}table{font-size:8pt}th,td{padding:3px 6px 3px 0}.scroll{overflow:visible}
        details::details-content{content-visibility:visible;display:block;height:auto}*{print-color-adjust:exact;
        -webkit-print-color-adjust:exact}}

        """;

    /// <summary>
    /// Sorts a table by the column whose head is clicked; opens on paper what is closed on the screen.
    /// </summary>
    public const string Script = """
        for (const table of document.querySelectorAll("table.sortable")) {
          const body = table.tBodies[0];
          [...table.tHead.rows[0].cells].forEach((head, column) => {
            const button = document.createElement("button");
            button.type = "button";
            button.append(...head.childNodes);
            head.append(button);
            button.addEventListener("click", () => {
              const up = head.getAttribute("aria-sort") === "descending";
              for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
              head.setAttribute("aria-sort", up ? "ascending" : "descending");
              const key = row => row.cells[column].textContent.replace("−", "-").replace(/[\u2009<]/g, "");
              const order = (a, b) => {
                const [x, y] = [key(a), key(b)];
                const [n, m] = [parseFloat(x), parseFloat(y)];
                if (isNaN(n) || isNaN(m)) return isNaN(n) && isNaN(m) ? y.localeCompare(x) : isNaN(n) ? 1 : -1;
                return m - n;
              };
              const rows = [...body.rows].sort((a, b) => up ? order(b, a) : order(a, b));
              body.append(...rows);
            });
          });
        }
        addEventListener("beforeprint", () => {
          for (const details of document.querySelectorAll("details")) details.open = true;
        });

        """;
}
