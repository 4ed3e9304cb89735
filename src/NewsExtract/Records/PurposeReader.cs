using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>Reads what a trip was for: phrases that begin with a verb of purpose, in the sentence that tells of the trip.</summary>
internal sealed class PurposeReader(ILinkDecider links, TextContext context, Relations relations)
{
    private static readonly TermSet Purpose = TermSet.Of(TermClass.VisitPurpose, TermClass.VisitInspect);
    private readonly FeatureList _features = new();

    public void Read(TripDraft trip)
    {
        int taken = 0, leadSentence = trip.Leader is { } leader && relations.FirstInBody(leader, trip.Story) is { } at ? context.Layout.SentenceAt(at.Start) : -1;
        for (int s = 0; s < context.Layout.Sentences.Count && taken < 5; s++)
        {
            Sentence sentence = context.Layout.Sentences[s];
            if (!trip.Story.Contains(sentence.Span.Start) || sentence.Role is not (TextRole.Body or TextRole.Title)) continue;
            if (sentence.Role == TextRole.Body && leadSentence >= 0 && Math.Abs(s - leadSentence) > 2) continue;
            for (int start = sentence.Span.Start; start < sentence.Span.End; start++)
            {
                if (!context.Index.TryStart(start, Purpose, out LexiconHit verb) || verb.Length < 2 || !context.IsBorder(start)) continue;
                int end = verb.End;
                while (end < sentence.Span.End && context.Text[end] is not ('，' or '。' or '；' or '、' or '：' or '！' or '？' or '\n') && !(context.Text[end] is '并' or '和' && context.IsBorder(end) && context.IsBorder(end + 1) && context.Text[end] == '并')) end++;
                var span = new TextSpan(start, end);
                _features.Clear();
                context.Describe(_features, span, trip.Story);
                _features.Add(Feature.Length, Math.Min(span.Length, 20));
                _features.Add(Feature.IsMention, end == verb.End ? 1 : 2);
                _features.AddIf(relations.IsRightAfter(start, TermSet.Of(TermClass.VisitGo)), Feature.Goes);
                _features.AddIf(s == leadSentence, Feature.SameSentenceAsLeader);
                _features.AddIf(EndsWithPlace(start), Feature.StartsWithPlace);
                _features.AddIf(start > 1 && context.Text.AsSpan(start - 2, 2) is "开展" or "进行", Feature.HoldBefore);
                foreach (TextSpan stop in trip.Stops) _features.AddIf(stop.Overlaps(span), Feature.Stops);
                _features.AddIf(relations.Places.Overlaps(span), Feature.Places);
                _features.AddIf(relations.Names.Overlaps(span), Feature.HasPersonInside);
                if (links.Decide(Decision.Purpose, _features, new Candidate(context.Text[start..end]), out _))
                {
                    trip.Purposes.Add(span);
                    taken++;
                    start = end;
                }
                else start = verb.End - 1;
            }
        }
    }

    private bool EndsWithPlace(int offset) => relations.Places.EndingAt(offset) >= 0;
}
