namespace NewsExtract.Evaluation.Report;

/// <summary>The report's drawings and the tables that say the same in numbers.</summary>
internal static class ReportCharts
{
    private const double BarWidth = 180, CurveSize = 260, Margin = 34;

    /// <summary>A bar for F1 with its interval as a whisker.</summary>
    public static void Bar(HtmlBuilder html, double value, Interval interval)
    {
        html.Raw("<svg class=\"bar\" role=\"img\" width=\"").At(BarWidth).Raw("\" height=\"14\" aria-label=\"F1 ").Ratio(value).Raw("\"><rect class=\"track\" width=\"").At(BarWidth)
            .Raw("\" height=\"14\"/><rect class=\"value\" width=\"").At(value * BarWidth).Raw("\" height=\"14\"/><path class=\"whisker\" d=\"M")
            .At(interval.Low * BarWidth).Raw(" 4v6m0-3H").At(interval.High * BarWidth).Raw("m0-3v6\"/></svg>");
    }

    /// <summary>Accuracy over confidence: a dot a tenth, its size by how many records are in it.</summary>
    public static void Curve(HtmlBuilder html, Calibration calibration)
    {
        html.Raw("<svg class=\"curve\" role=\"img\" aria-label=\"Calibration curve; the table beside it has its numbers\" viewBox=\"0 0 ").At(CurveSize + 2 * Margin).Raw(" ")
            .At(CurveSize + 2 * Margin).Raw("\" width=\"").At(CurveSize + 2 * Margin).Raw("\" height=\"").At(CurveSize + 2 * Margin).Raw("\">");
        html.Raw("<rect class=\"frame\" x=\"").At(Margin).Raw("\" y=\"").At(Margin).Raw("\" width=\"").At(CurveSize).Raw("\" height=\"").At(CurveSize).Raw("\"/>");
        html.Raw("<path class=\"diagonal\" d=\"M").At(X(0)).Raw(" ").At(Y(0)).Raw("L").At(X(1)).Raw(" ").At(Y(1)).Raw("\"/>");
        for (int tick = 0; tick <= 10; tick += 2)
        {
            double value = tick / 10.0;
            html.Raw("<text class=\"tick\" text-anchor=\"middle\" x=\"").At(X(value)).Raw("\" y=\"").At(Y(0) + 14).Raw("\">").At(value).Raw("</text>");
            html.Raw("<text class=\"tick\" text-anchor=\"end\" x=\"").At(X(0) - 5).Raw("\" y=\"").At(Y(value) + 4).Raw("\">").At(value).Raw("</text>");
        }
        html.Raw("<text class=\"axis\" text-anchor=\"middle\" x=\"").At(X(0.5)).Raw("\" y=\"").At(Y(0) + 30).Raw("\">confidence</text>");
        html.Raw("<text class=\"axis\" x=\"").At(4).Raw("\" y=\"").At(Margin - 10).Raw("\">part that is right</text>");
        List<CalibrationBin> filled = [.. calibration.Bins.Where(b => b.Count > 0)];
        if (filled.Count > 1)
        {
            html.Raw("<path class=\"line\" d=\"M");
            for (int i = 0; i < filled.Count; i++) html.Raw(i == 0 ? "" : "L").At(X(filled[i].MeanConfidence)).Raw(" ").At(Y(filled[i].Accuracy));
            html.Raw("\"/>");
        }
        foreach (CalibrationBin bin in filled)
        {
            html.Raw("<circle class=\"dot\" cx=\"").At(X(bin.MeanConfidence)).Raw("\" cy=\"").At(Y(bin.Accuracy)).Raw("\" r=\"")
                .At(2.5 + 8 * Math.Sqrt((double)bin.Count / calibration.Count)).Raw("\"/>");
        }
        html.Raw("</svg>");
    }

    /// <summary>The curve's numbers.</summary>
    public static void CurveTable(HtmlBuilder html, Calibration calibration)
    {
        html.Raw("<table><thead><tr><th>confidence</th><th class=\"n\">records</th><th class=\"n\">mean</th><th class=\"n\">right</th></tr></thead><tbody>");
        foreach (CalibrationBin bin in calibration.Bins.Where(b => b.Count > 0))
        {
            html.Raw("<tr><td>").At(bin.Low).Raw("–").At(bin.High).Raw("</td><td class=\"n\">").Number(bin.Count).Raw("</td><td class=\"n\">").Ratio(bin.MeanConfidence)
                .Raw("</td><td class=\"n\">").Ratio(bin.Accuracy).Raw("</td></tr>");
        }
        html.Raw("</tbody></table>");
    }

    /// <summary>A table of counts; a cell is darker the greater its part of the row.</summary>
    public static void Matrix(HtmlBuilder html, string caption, Confusion confusion)
    {
        html.Raw("<table class=\"matrix\"><caption>").Text(caption).Raw("</caption><thead><tr><th>gold ↓ extracted →</th>");
        foreach (string label in confusion.Extracted) html.Raw("<th class=\"n\" scope=\"col\">").Text(label).Raw("</th>");
        html.Raw("</tr></thead><tbody>");
        for (int row = 0; row < confusion.Gold.Count; row++)
        {
            html.Raw("<tr><th scope=\"row\">").Text(confusion.Gold[row]).Raw("</th>");
            int total = Enumerable.Range(0, confusion.Extracted.Count).Sum(column => confusion[row, column]);
            for (int column = 0; column < confusion.Extracted.Count; column++)
            {
                int count = confusion[row, column];
                int shade = total == 0 ? 0 : (int)Math.Ceiling(5.0 * count / total);
                bool right = confusion.Gold[row] == confusion.Extracted[column];
                html.Raw("<td class=\"n ").Raw(right ? "good" : "bad").Raw(" s").Number(shade).Raw("\">");
                if (count > 0) html.Number(count);
                html.Raw("</td>");
            }
            html.Raw("</tr>");
        }
        html.Raw("</tbody></table>");
    }

    private static double X(double value) => Margin + value * CurveSize;

    private static double Y(double value) => Margin + (1 - value) * CurveSize;
}
