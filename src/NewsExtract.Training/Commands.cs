using NewsExtract.Modeling;
using NewsExtract.Training.Import;
using NewsExtract.Training.Jieba;
using NewsExtract.Training.Knowledge;
using NewsExtract.Training.Links;
using NewsExtract.Training.Mentions;
using NewsExtract.Training.Sequence;

namespace NewsExtract.Training;

/// <summary>The table of commands. Exit status: 0 done, 1 faults in the input, 2 bad usage.</summary>
internal static class Commands
{
    private sealed record Command(string Name, string Usage, Action<Arguments, TextWriter> Run);

    private static readonly Command[] Table =
    [
        new("compile", "[--sources DIR] [--out DIR]: compiles models/sources into models/compiled and tries the example of every rule", CompileCommand.Run),
        new("compare-jieba", "FILE [--model FILE] [--errors N]: compares the jieba-compatible mode with jieba's own output (tests/oracles/jieba.mjs)", JiebaComparison.Run),
        new("dump", "SECTION [--model FILE] [--grep TEXT]: prints a section of a compiled model as text; no SECTION lists them", DumpCommand.Run),
        new("evaluate-repair", "[FILE…] [--pfr FILE] [--opencc s2t.json] [--seeds N] [--losses N] [--model FILE | --folds N [--keep DIR] and the options of train-characters]: damages clean texts, repairs them and prints how much came back; with folds each text by a model that has not seen it", RepairEvaluation.Run),
        new("import-compatibility", "--data DIR [--out FILE]: rewrites the table of compatibility forms from the Unicode data in DIR", CompatibilityImport.Run),
        new("import-gazetteer", "--data DIR [--sources DIR]: rewrites the gazetteer's tables from the data sets in DIR", GazetteerImport.Run),
        new("import-jieba", "--data DIR [--sources DIR]: rewrites the tables of the jieba-compatible mode from the data sets in DIR", JiebaImport.Run),
        new("import-lexicon", "--data DIR [--sources DIR]: rewrites the lexicon's tables from the data sets in DIR", LexiconImport.Run),
        new("import-names", "--data DIR [--sources DIR]: rewrites the tables of name statistics from the data sets in DIR", NameImport.Run),
        new("import-repair", "--data DIR [--sources DIR]: rewrites the tables of repair from the data sets in DIR", RepairImport.Run),
        new("train-characters", "[--pfr FILE] [--conll FILES,…] [--words FILES,…] [--names FILES,…] [--text FILES,…] [--hold-out N]: trains the character model", CharacterTraining.Run),
        new("train-links", "--articles DIR,… [--sequences FILE,…] [--only REGEX] [--models DIR] [--links DIR] [--folds N --predictions FILE [--errors DECISION]]: trains the weights that link entities to records; article i is read with sequence i mod k of the k given", LinkTraining.Run),
        new("train-mentions", "--articles DIR,… --sequences FILE,… [--leave-out I/N] [--models DIR] [--mentions DIR]: trains the weights that judge mentions; article i is read with sequence i mod k of the k given", MentionTraining.Run),
        new("train-sequence", "--pfr FILE --uner DIR --articles DIR,… --knowledge FILE --out FILE [--held-articles DIR,… | --leave-out I/N] [--msra-train FILE] [--articles-times N] [--pairs N --skips N --triples N] [--tune uner|msra|articles,… [--tuning-epochs N]] [--as uner]: trains the segmenter and prints held-out scores; --pairs, --skips and --triples are how many of the characters' features are kept, --tune goes on over one corpus alone, --as uner keeps UNER's own borders of names and words", SequenceTraining.Run),
        new("evaluate-sequence", "--model FILE --knowledge FILE [--pfr FILE] [--uner DIR] [--msra FILE] [--articles DIR,…] [--errors DIR]: prints scores", SequenceEvaluation.Run),
    ];

    public static int Run(string[] args, TextWriter output, TextWriter errors)
    {
        Command? command = args.Length == 0 ? null : Array.Find(Table, c => c.Name == args[0]);
        if (command is null)
        {
            if (args.Length > 0) errors.WriteLine($"There is no command {args[0]}.");
            foreach (Command c in Table) errors.WriteLine($"  {c.Name} {c.Usage}");
            return 2;
        }
        try
        {
            command.Run(new Arguments(args.AsSpan(1)), output);
            return 0;
        }
        catch (UsageException e)
        {
            errors.WriteLine($"{e.Message}\n  {command.Name} {command.Usage}");
            return 2;
        }
        catch (Exception e) when (e is ModelException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }
}
