using NewsExtract.Modeling;
using NewsExtract.Records;
using NewsExtract.Repair;
using NewsExtract.Segmentation;
using NewsExtract.Tagging;

namespace NewsExtract;

/// <summary>All compiled knowledge and weights. Immutable; load once, share between threads.</summary>
public sealed class ExtractionModel
{
    private ExtractionModel(KnowledgeBase knowledge, Repairer repairer, Segmenter segmenter, MentionModel mentions, LinkModel links)
    {
        Knowledge = knowledge;
        Repairer = repairer;
        Segmenter = segmenter;
        Mentions = mentions;
        Links = links;
    }

    /// <summary>Lexicon, gazetteer and name statistics.</summary>
    public KnowledgeBase Knowledge { get; }

    internal Repairer Repairer { get; }

    internal Segmenter Segmenter { get; }

    internal MentionModel Mentions { get; }

    internal LinkModel Links { get; }

    /// <summary>The folder <c>models</c> beside the program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>Loads the models that came with the program.</summary>
    /// <exception cref="ModelException">A file or section is missing or damaged; the message names it.</exception>
    public static ExtractionModel LoadDefault() => Load(DefaultFolder);

    /// <summary>Loads <c>knowledge.bin</c>, <c>repair.bin</c>, <c>sequence.bin</c>, <c>mentions.bin</c> and <c>links.bin</c> from a folder.</summary>
    /// <param name="folder">The folder with the compiled models.</param>
    /// <param name="userDictionary">Words to add, in jieba's form (<c>word freq tag</c> a line), or null.</param>
    /// <exception cref="ModelException">A file or section is missing or damaged; the message names it.</exception>
    public static ExtractionModel Load(string folder, string? userDictionary = null) =>
        Load(folder, userDictionary, () => LinkModel.Load(ModelFile.Load(Path.Combine(folder, "links.bin"))));

    /// <summary>For training: the weights that link entities to records are not there yet.</summary>
    internal static ExtractionModel LoadWithoutLinks(string folder) => Load(folder, null, static () => LinkModel.Empty);

    /// <summary>For training: neither the weights that judge mentions nor those of the links are there yet.</summary>
    internal static ExtractionModel LoadForMentions(string folder) => Load(folder, null, static () => LinkModel.Empty, MentionModel.Empty);

    /// <summary>For training: the same but for the segmenter, so that an article can be read by one that has not seen it.</summary>
    internal ExtractionModel With(Segmenter segmenter) => new(Knowledge, Repairer, segmenter, Mentions, Links);

    private static ExtractionModel Load(string folder, string? userDictionary, Func<LinkModel> loadLinks, MentionModel? mentions = null)
    {
        // Knowledge takes longest; the others load meanwhile.
        Task<Repairer> repairer = Task.Run(() => new Repairer(ModelFile.Load(Path.Combine(folder, "repair.bin"))));
        Task<ModelFile> sequence = Task.Run(() => ModelFile.Load(Path.Combine(folder, "sequence.bin")));
        Task<LinkModel> links = Task.Run(loadLinks);
        KnowledgeBase knowledge = KnowledgeBase.Load(ModelFile.Load(Path.Combine(folder, "knowledge.bin")));
        if (userDictionary != null) knowledge = knowledge.With(knowledge.Lexicon.WithUserDictionary(userDictionary));
        mentions ??= MentionModel.Load(ModelFile.Load(Path.Combine(folder, "mentions.bin")), knowledge.Lexicon);
        return new ExtractionModel(knowledge, repairer.GetAwaiter().GetResult(), new Segmenter(sequence.GetAwaiter().GetResult(), knowledge), mentions, links.GetAwaiter().GetResult());
    }
}
