using System.Globalization;
using System.Text;

namespace NewsExtract.Evaluation.Report;

/// <summary>An evaluation as plain text: a table that fits one screen, and errors a line each.</summary>
public static class EvaluationTable
{
    // Room that both columns need side by side.
    private const int WideEnough = 118;

    /// <summary>Writes the table; in <paramref name="width"/> columns where they are enough, with genres and the rest beside the fields, else below.</summary>
    public static void Write(TextWriter output, EvaluationResult result, int width)
    {
        List<string> left = FieldLines(result), right = SideLines(result);
        if (width < WideEnough)
        {
            foreach (string line in left) output.WriteLine(line);
            output.WriteLine();
            foreach (string line in right) output.WriteLine(line);
        }
        else
        {
            int column = left.Max(line => line.Length) + 3;
            for (int i = 0; i < Math.Max(left.Count, right.Count); i++)
            {
                string line = i < left.Count ? left[i] : "";
                output.WriteLine(i < right.Count && right[i].Length > 0 ? line.PadRight(column) + right[i] : line);
            }
        }
        output.WriteLine(Invariant($"{result.Articles.Count} articles, {result.Missing} without output, {result.FalseRecords} false records in negatives"));
        output.WriteLine(Invariant($"macro F1 over the {FieldTable.Macro.Count} fields marked *: {result.Macro:0.0000} ({result.MacroInterval.Low:0.000}–{result.MacroInterval.High:0.000})"));
    }

    /// <summary>Writes what changed since a baseline.</summary>
    public static void Write(TextWriter output, Comparison comparison)
    {
        output.WriteLine(Invariant($"{"since the baseline",-26}{"before",8}{"now",8}{"change",9}   95 %"));
        foreach (FigureChange change in comparison.Changes)
        {
            output.WriteLine(Invariant($"{change.Name,-26}{change.Before,8:0.000}{change.After,8:0.000}{Signed(change.Difference),9}   {Signed(change.Interval.Low)} to {Signed(change.Interval.High)}")
                + (!change.IsClear ? "" : change.Difference > 0 ? "  better" : "  worse"));
        }
        output.WriteLine(Invariant($"{comparison.Mended.Count} errors mended, {comparison.Broken.Count} new"));
    }

    /// <summary>Writes every error, article by article.</summary>
    public static void WriteErrors(TextWriter output, EvaluationResult result)
    {
        foreach (ArticleScore article in result.Articles)
        {
            if (article.Errors.Count == 0) continue;
            output.WriteLine($"== {article.Name} ({article.Genre}){(article.HasOutput ? "" : " no output")}");
            foreach (EvaluationError error in article.Errors) output.WriteLine("  " + Body(error));
        }
    }

    /// <summary>One error with its article.</summary>
    public static string Line(EvaluationError error) => $"{error.Article}: {Body(error)}";

    /// <summary><c>+0.012</c>.</summary>
    internal static string Signed(double value) => value.ToString("+0.000;-0.000;0.000", CultureInfo.InvariantCulture);

    private static string Body(EvaluationError error)
    {
        var line = new StringBuilder();
        line.Append(FieldTable.NameOf(error.Field)).Append(error.IsConsequence ? " (follows)" : "");
        if (error.Subject.Length > 0) line.Append(" [").Append(error.Subject).Append(']');
        line.Append(error.Kind switch
        {
            ErrorKind.Missing => $" missing: {error.Gold}",
            ErrorKind.Extra => $" extra: {error.Extracted}",
            _ => $" gold {error.Gold}, extracted {error.Extracted}",
        });
        return line.Replace('\n', ' ').ToString();
    }

    private static List<string> FieldLines(EvaluationResult result)
    {
        var lines = new List<string> { Invariant($"{"field",-26}{"P",6}{"R",7}{"F1",7}  {"95 %",-11}{"hits",6}{"extra",6}{"miss",6}") };
        foreach (FieldInfo field in FieldTable.All)
        {
            FieldScore score = result.Fields[(int)field.Field];
            if (!score.Counts.IsEmpty) lines.Add(Line(field.Name + (field.InMacro ? " *" : ""), score));
        }
        lines.Add(Line("micro *", result.Micro));
        lines.Add(Line("micro of mentions", result.MentionMicro));
        return lines;
    }

    private static string Line(string name, FieldScore score) => Invariant(
        $"{name,-26}{score.Counts.Precision,6:0.000}{score.Counts.Recall,7:0.000}{score.Counts.F1,7:0.000}  {score.Interval.Low:0.000}–{score.Interval.High:0.000}{score.Counts.Hits,6}{score.Counts.Extra,6}{score.Counts.Missing,6}");

    private static List<string> SideLines(EvaluationResult result)
    {
        var lines = new List<string> { Invariant($"{"genre",-14}{"articles",8}{"macro",8}{"micro",8}") };
        foreach (GenreScore genre in result.Genres) lines.Add(Invariant($"{genre.Genre,-14}{genre.Articles,8}{genre.Macro,8:0.000}{genre.Micro.F1,8:0.000}"));
        lines.Add("");
        lines.Add(Invariant($"{"confidence",-14}{"records",8}{"mean",8}{"right",8}"));
        foreach (CalibrationBin bin in result.Calibration.Bins)
            if (bin.Count > 0) lines.Add(Invariant($"{$"{bin.Low:0.0}–{bin.High:0.0}",-14}{bin.Count,8}{bin.MeanConfidence,8:0.000}{bin.Accuracy,8:0.000}"));
        lines.Add(Invariant($"expected calibration error {result.Calibration.ExpectedError:0.000}"));
        lines.Add("");
        lines.Add("side".PadRight(10) + string.Concat(result.Sides.Extracted.Select(label => label.PadLeft(8))));
        for (int row = 0; row < result.Sides.Gold.Count; row++)
            lines.Add(result.Sides.Gold[row].PadRight(10) + string.Concat(result.Sides.Extracted.Select((_, column) => Invariant($"{result.Sides[row, column],8}"))));
        return lines;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
