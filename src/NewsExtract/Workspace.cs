using NewsExtract.Modeling;
using NewsExtract.Records;
using NewsExtract.Repair;
using NewsExtract.Segmentation;
using NewsExtract.Tagging;

namespace NewsExtract;

/// <summary>One thread's buffers. Make one a thread with <see cref="Pipeline.NewWorkspace"/>, use it for any number of articles, never from two threads at once.</summary>
public sealed class Workspace
{
    internal Workspace(ExtractionModel model, ILinkDecider links)
    {
        Repair = model.Repairer.CreateScratch();
        Words = new LexiconMatches(model.Knowledge.Lexicon);
        Segmentation = new SegmentationScratch();
        Tagging = new TaggingScratch(model.Knowledge.Lexicon);
        Tagger = new MentionTagger(model.Knowledge, model.Mentions);
        Assembler = new RecordAssembler(model.Knowledge, links);
    }

    internal RepairScratch Repair { get; }

    internal LexiconMatches Words { get; }

    internal SegmentationScratch Segmentation { get; }

    internal TaggingScratch Tagging { get; }

    // The parts of these two keep what they found so far in lists of their own.
    internal MentionTagger Tagger { get; }

    internal RecordAssembler Assembler { get; }
}
