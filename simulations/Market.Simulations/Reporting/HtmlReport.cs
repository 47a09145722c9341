namespace Market.Simulations.Reporting;

/// <summary>The report of a run as one page, from what is most asked for to how it was made.</summary>
internal static class HtmlReport
{
    /// <summary>Writes the page. The same folder and options give the same text.</summary>
    public static string Write(ReportSource source)
    {
        var page = new Page($"Negotiations: {source.Name}");
        SummarySection.Write(page, source);
        RankingSection.Write(page, source);
        PairsSection.Write(page, source);
        ComparisonsSection.Write(page, source);
        MetaGameSection.Write(page, source);
        PlotsSection.Write(page, source);
        TimeSection.Write(page, source);
        BehaviourSection.Write(page, source);
        TroubleSection.Write(page, source);
        MethodSection.Write(page, source);
        ReproductionSection.Write(page, source);
        return page.ToHtml();
    }
}
