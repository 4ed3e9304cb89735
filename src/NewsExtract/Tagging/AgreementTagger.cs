using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Tagging;

/// <summary>
/// Finds names of agreements: titles in 《》 that end with a kind of agreement, and noun phrases behind or in front of
/// a verb of signing (<c>签下LED灯具项目合同</c>, <c>投资合同将另行签订</c>).
/// </summary>
internal sealed class AgreementTagger(KnowledgeBase knowledge)
{
    private static readonly TermSet Kinds = TermSet.Of(TermClass.AgreementKind);
    private static readonly TermSet Signs = TermSet.Of(TermClass.SignVerb);
    private static readonly TermSet Meetings = TermSet.Of(TermClass.MeetingKind);
    private readonly LeftReader _left = new(knowledge.Lexicon);

    public void Tag(TaggingScratch scratch)
    {
        string text = scratch.Text;
        for (int open = text.IndexOf('《'); open >= 0; open = text.IndexOf('《', open + 1))
        {
            int close = text.IndexOf('》', open);
            if (close < 0) break;
            if (close - open > 80) continue;
            // The kind may be followed by a bracket: 《合作协议（2021—2025年）》.
            int end = close;
            if (text[end - 1] == '）' && text.LastIndexOf('（', end - 1, end - open) is > 0 and int bracket) end = bracket;
            if (scratch.Index.TryEnd(end, Kinds, out _) || NearSigning(scratch, open, close))
                scratch.Agreements.Add(new Mention(new TextSpan(open + 1, close), MentionKind.Agreement, MentionOrigin.Rule, 0.95f, "agreement-title"));
        }
        // What one sentence begins to list as signed the next goes on with.
        int signing = -1;
        foreach (Sentence sentence in scratch.Layout.SentenceList)
        {
            if (sentence.Role is TextRole.Furniture or TextRole.Related or TextRole.Meta) continue;
            bool signs = scratch.Index.Any(sentence.Span.Start, sentence.Span.End, Signs);
            if (signs || signing == sentence.Paragraph) Phrases(scratch, sentence.Span);
            signing = signs ? sentence.Paragraph : -1;
        }
        scratch.Agreements.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
    }

    private static bool NearSigning(TaggingScratch scratch, int open, int close) =>
        scratch.Index.TryEnd(open, Signs, out _) || (open > 1 && scratch.Index.TryEnd(open - 1, Signs, out _) && scratch.Text[open - 1] is '了' or '的')
        || scratch.Index.TryStart(close + 1, Signs, out _);

    private void Phrases(TaggingScratch scratch, TextSpan sentence)
    {
        string text = scratch.Text;
        for (int at = sentence.Start; at < sentence.End; at++)
        {
            if (!scratch.Index.TryStart(at, Kinds, out LexiconHit kind)) continue;
            int end = kind.End;
            at = end - 1;
            if (Covered(scratch, kind.Start, end) || end < text.Length && text[end] == '》') continue;
            // A kind that goes on as another word (协议|书, 签约 仪式 …) is part of that.
            if (scratch.Index.TryStart(end, Meetings, out LexiconHit meeting) && !scratch.Index.TryStart(meeting.Start, Signs, out _) && !scratch.Index.TryEnd(kind.Start, Signs, out _) && !HasVerbBefore(scratch, sentence.Start, kind.Start)) continue;
            int start = Start(scratch, sentence.Start, kind.Start);
            if (start < 0) continue;
            start = TrimFront(text, start, kind.Start);
            scratch.Agreements.Add(new Mention(new TextSpan(start, end), MentionKind.Agreement, MentionOrigin.Rule, 0.75f, "agreement-phrase"));
        }
    }

    private static bool HasVerbBefore(TaggingScratch scratch, int from, int to) => scratch.Index.TryPrevious(from, to, Signs, out _);

    /// <summary>Behind a verb of signing in the same clause the phrase begins there; else it is read leftwards.</summary>
    private int Start(TaggingScratch scratch, int sentenceStart, int kindStart)
    {
        string text = scratch.Text;
        int clause = kindStart;
        while (clause > sentenceStart && text[clause - 1] is not ('，' or '；' or '：' or '。')) clause--;
        int depth = clause;
        if (scratch.Index.TryPrevious(depth, kindStart, Signs, out LexiconHit verb))
        {
            int start = verb.End;
            while (start < kindStart && text[start] is '了' or '“' or '有' or '的' or '过' or '》' or '、') start++;
            // Several names after one verb: 签订A协议、B合同.
            int comma = text.LastIndexOf('、', kindStart - 1, Math.Max(0, kindStart - start));
            if (comma >= start && (Covered(scratch, comma - 1, comma) || text[comma - 1] == '》')) start = comma + 1;
            if (kindStart - start <= 40) return start;
        }
        int left = _left.Begin(scratch, kindStart, clause, nouns: true);
        return left == kindStart && !scratch.Index.TryNext(kindStart, Math.Min(text.Length, kindStart + 30), Signs, out _) ? -1 : left;
    }

    /// <summary>What only counts or prices the agreement is no part of its name: 一份|供货合同, 总投资36亿元的|合作协议, 是|远程会诊协议.</summary>
    private static int TrimFront(string text, int start, int kindStart)
    {
        if (text[start] == '是' && start + 1 < kindStart) start++;
        int at = start;
        while (at < kindStart && (char.IsAsciiDigit(text[at]) || "一二两三四五六七八九十多余数几".Contains(text[at]))) at++;
        if (at > start && at < kindStart && "份项个批单".Contains(text[at])) start = at + 1;
        int of = text.IndexOf('的', start, kindStart - start);
        return of > start && text.AsSpan(start, of - start).IndexOfAnyInRange('0', '9') >= 0 && text[of - 1] is '元' or '币' ? of + 1 : start;
    }

    private static bool Covered(TaggingScratch scratch, int start, int end)
    {
        foreach (Mention mention in scratch.Agreements)
            if (mention.Span.Start < end && start < mention.Span.End) return true;
        return false;
    }
}
