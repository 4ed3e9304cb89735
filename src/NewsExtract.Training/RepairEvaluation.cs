using NewsExtract.Modeling;
using NewsExtract.Repair;
using NewsExtract.Text;

namespace NewsExtract.Training;

/// <summary>Damages clean texts, repairs them and counts what came back.</summary>
internal static class RepairEvaluation
{
    public static void Run(Arguments arguments, TextWriter output)
    {
        var repairer = new Repairer(ModelFile.Load(arguments.Option("model", "models/compiled/repair.bin")));
        RepairScratch scratch = repairer.CreateScratch();
        foreach (string path in arguments.Words)
        {
            CleanText text = repairer.Repair(CleanText.Identity(File.ReadAllText(path)), scratch);
            output.WriteLine(text.Text);
            output.WriteLine(scratch.Script + " " + string.Join(' ', Repairer.Count(text)));
        }
    }
}
