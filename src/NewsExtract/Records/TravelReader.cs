using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>
/// Asks of each sentence whether it tells of a trip that took place, before anything else is read: one article says too little about
/// what a report looks like, its sentences say more. The answers are properties of all that stands in the sentence.
/// </summary>
internal sealed class TravelReader(ILinkDecider links, TextContext context, Relations relations)
{
    private const int Steps = 10;
    private static readonly TermSet Travel = TermSet.Of(TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitReceive, TermClass.VisitInspect, TermClass.VisitStop, TermClass.VisitLead);
    private static readonly TermClass[] TravelClasses = [TermClass.VisitGo, TermClass.VisitCome, TermClass.VisitReceive, TermClass.VisitInspect, TermClass.VisitStop, TermClass.VisitLead];
    private static readonly TermSet Planned = TermSet.Of(TermClass.Planned);
    private static readonly TermSet Group = TermSet.Of(TermClass.GroupNoun, TermClass.DelegationNoun);
    private readonly FeatureList _features = new();
    private byte[] _steps = [];

    /// <summary>How likely each sentence tells of a trip, in tenths; 0 for what is not running text, a caption or the title.</summary>
    public ReadOnlySpan<byte> Read()
    {
        List<Sentence> sentences = context.Layout.SentenceList;
        if (_steps.Length < sentences.Count) _steps = new byte[sentences.Count * 2];
        for (int i = 0; i < sentences.Count; i++)
        {
            _steps[i] = 0;
            if (sentences[i].Role is not (TextRole.Body or TextRole.Caption or TextRole.Title or TextRole.Heading)) continue;
            _features.Clear();
            Describe(_features, i, sentences);
            links.Decide(Decision.Travel, _features, new Candidate(context.Text, sentences[i].Span), out double probability);
            _steps[i] = (byte)Math.Min(Steps - 1, (int)(probability * Steps));
        }
        return _steps.AsSpan(0, sentences.Count);
    }

    private void Describe(FeatureList f, int sentence, List<Sentence> sentences)
    {
        TextSpan span = sentences[sentence].Span;
        f.Add(Feature.Role, (int)sentences[sentence].Role);
        f.Add(Feature.ParagraphOrder, FeatureList.Bucket(context.BodyOrder(sentences[sentence].Paragraph)));
        f.Add(Feature.SentenceOrder, FeatureList.Bucket(context.SentenceOrder(sentence)));
        f.Add(Feature.Length, FeatureList.Bucket(span.Length / 10));
        AddTerms(f, Feature.SentenceHas, sentence);
        if (sentence > 0) AddTerms(f, Feature.PreviousHas, sentence - 1);
        if (sentence + 1 < sentences.Count) AddTerms(f, Feature.NextHas, sentence + 1);
        DescribeVerb(f, span);
        DescribeDates(f, span);
        DescribeNames(f, span);
        f.AddIf(context.InQuote(span.End - 1, new TextSpan(0, 1)) || context.InQuote(span.Start, new TextSpan(0, 1)), Feature.InQuote);
        f.Add(CharacterSeat.Last, context.Text[span.End - 1]);
        f.Add(CharacterSeat.SecondLast, context.Text[Math.Max(span.Start, span.End - 2)]);
        f.Add(CharacterSeat.After, context.Text[span.Start]);
        f.Add(CharacterSeat.SecondAfter, context.Text[Math.Min(span.End - 1, span.Start + 1)]);
    }

    private void AddTerms(FeatureList f, Feature feature, int sentence)
    {
        context.AddSentenceClasses(f, feature, sentence);
    }

    private void DescribeVerb(FeatureList f, TextSpan span)
    {
        if (!context.TryVerbAfter(span.Start, span.End, Travel, out LexiconHit verb)) return;
        context.AddClasses(f, Feature.VerbInSentence, verb, TravelClasses);
        f.Add(CharacterSeat.Before, context.Text[verb.Start]);
        f.Add(CharacterSeat.SecondBefore, context.Text[verb.End - 1]);
        TextSpan clause = context.Clause(verb.Start);
        f.AddIf(context.Index.Any(clause.Start, verb.Start, Planned), Feature.GoPlanned);
        f.AddIf(context.Index.Any(clause.Start, verb.Start, Group), Feature.GroupNounBefore);
        f.AddIf(context.Index.Any(verb.End, clause.End, Group), Feature.GroupNounAfter);
        f.AddIf(relations.Names.Any(clause.Start, verb.Start), Feature.HasPersonInside);
        f.AddIf(relations.Places.Any(verb.End, clause.End), Feature.GoPlace, 1);
        f.AddIf(relations.Organizations.Any(verb.End, clause.End) || relations.Facilities.Any(verb.End, clause.End), Feature.GoPlace, 2);
        f.AddIf(relations.Names.Any(verb.End, clause.End), Feature.GoPlace, 3);
    }

    /// <summary>How far the sentence's days lie from the day of publication.</summary>
    private void DescribeDates(FeatureList f, TextSpan span)
    {
        CalendarDate today = context.Resolved.Dates.Today;
        bool any = false;
        List<ResolvedDate> dates = context.Resolved.Dates.All;
        for (int i = context.Resolved.Dates.CountBefore(span.Start); i < dates.Count && dates[i].Span.Start < span.End; i++)
        {
            ResolvedDate date = dates[i];
            if (!span.Contains(date.Span)) continue;
            any = true;
            f.Add(Feature.Precision, (int)date.Precision);
            f.Add(Feature.Use, (int)date.Use);
            if (!date.Start.HasValue) f.Add(Feature.DaysAgo, 1);
            else if (!today.HasValue || date.Start.Year <= 0) f.Add(Feature.DaysAgo, 2);
            else
            {
                int days = date.Start.RoughDaysUntil(today);
                f.Add(Feature.DaysAgo, days < 0 ? 3 : days <= 3 ? 4 : days <= 10 ? 5 : days <= 40 ? 6 : days <= 400 ? 7 : 8);
            }
        }
        f.AddIf(!any, Feature.DaysAgo, 9);
    }

    private void DescribeNames(FeatureList f, TextSpan span)
    {
        f.Add(Feature.People, FeatureList.Bucket(relations.Names.Count(span.Start, span.End)));
        f.Add(Feature.PostCount, FeatureList.Bucket(relations.Posts.Count(span.Start, span.End)));
        f.Add(Feature.Places, FeatureList.Bucket(relations.Places.Count(span.Start, span.End)));
        f.Add(Feature.Organizations, FeatureList.Bucket(relations.Organizations.Count(span.Start, span.End)));
        int digits = 0;
        for (int i = span.Start; i < span.End; i++)
            if (char.IsAsciiDigit(context.Text[i])) digits++;
        f.Add(Feature.HasDigit, FeatureList.Bucket(digits / 2));
    }
}
