using NewsExtract.Modeling;
using NewsExtract.Text;

namespace NewsExtract.Resolution;

/// <summary>
/// Makes one entity of all that names one person: the full name, and references by surname and post (<c>李书记</c>) or by a
/// part of a long name (<c>杜米特雷斯库</c> for <c>尼古拉·杜米特雷斯库</c>); and reads each post into place, body and head.
/// </summary>
internal sealed class PersonResolver
{
    private static readonly TermSet PlaceBodies = TermSet.Of(TermClass.PartyBody, TermClass.GovernmentBody, TermClass.CongressBody, TermClass.ConsultativeBody, TermClass.TransparentUnit);
    private static readonly TermSet Units = TermSet.Of(TermClass.LevelWord);
    private static readonly TermSet HeadUnits = TermSet.Of(TermClass.OrgSuffix, TermClass.SubUnit, TermClass.Bureau);
    private static readonly TermSet Collective = TermSet.Of(TermClass.CollectiveTitle);
    private static readonly TermSet Heads = TermSet.Of(TermClass.TitleHead);
    private static readonly TermSet Prefixes = TermSet.Of(TermClass.TitlePrefix);

    public void Resolve(ResolvedText resolved, TermIndex index)
    {
        TaggedText tagged = resolved.Tagged;
        resolved.PersonOfName = new int[tagged.Names.Count];
        var byName = new Dictionary<string, PersonEntity>(StringComparer.Ordinal);
        var known = byName.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int i = 0; i < tagged.Names.Count; i++)
        {
            NameSpan name = tagged.Names[i];
            ReadOnlySpan<char> written = resolved.Text.AsSpan(name.Span.Start, name.Span.Length);
            if (written.Contains(' ')) written = written.ToString().Replace(" ", "", StringComparison.Ordinal);
            if (!known.TryGetValue(written, out PersonEntity? person))
            {
                string full = written.ToString();
                person = PartOf(resolved, full);
                if (person == null)
                {
                    person = new PersonEntity { Id = resolved.People.Count, Name = full };
                    resolved.People.Add(person);
                }
                byName[full] = person;
            }
            (written.SequenceEqual(person.Name) ? person.Spans : person.References).Add(name.Span);
            for (int p = name.FirstPost; p < name.FirstPost + name.PostCount; p++) AddPost(resolved, index, person, tagged.Posts[p]);
            resolved.PersonOfName[i] = person.Id;
        }
        foreach (PersonEntity person in resolved.People) DropShared(index, person);
        foreach (CreditSpan credit in tagged.Credits)
            if (known.TryGetValue(resolved.Text.AsSpan(credit.Span.Start, credit.Span.Length), out PersonEntity? maker)) maker.IsCredit = true;
        AddSurnameReferences(resolved, index);
    }

    /// <summary>The person of whose dotted name this is a part.</summary>
    private static PersonEntity? PartOf(ResolvedText resolved, string name)
    {
        foreach (PersonEntity person in resolved.People)
        {
            if (person.Name.Length <= name.Length || !person.Name.Contains('·')) continue;
            int at = person.Name.IndexOf(name, StringComparison.Ordinal);
            if (at < 0) continue;
            bool starts = at == 0 || person.Name[at - 1] == '·', ends = at + name.Length == person.Name.Length || person.Name[at + name.Length] == '·';
            if (starts && ends) return person;
        }
        return null;
    }

    private static void AddSurnameReferences(ResolvedText resolved, TermIndex index)
    {
        foreach (PersonEntity person in resolved.People)
        {
            if (person.Posts.Count == 0 || person.Name.Contains('·')) continue;
            for (int at = person.Spans[0].End; (at = resolved.Text.IndexOf(person.Name[0], at)) >= 0; at++)
                if (index.TryStart(PostStart(index, at + 1), Heads, out LexiconHit head) && HasHead(person, resolved.Text.AsSpan(head.Start, head.Length)))
                    person.References.Add(new TextSpan(at, head.End));
        }
    }

    /// <summary>Behind 副 and the like: 石|副|县长.</summary>
    private static int PostStart(TermIndex index, int at) =>
        index.TryStart(at, Prefixes, out LexiconHit prefix) && !index.TryStart(at, Heads, out _) ? prefix.End : at;

    private static bool HasHead(PersonEntity person, ReadOnlySpan<char> head)
    {
        foreach (Post post in person.Posts)
            if (post.Text.AsSpan().EndsWith(head)) return true;
        return false;
    }

    private static void AddPost(ResolvedText resolved, TermIndex index, PersonEntity person, PostSpan span)
    {
        ReadOnlySpan<char> text = resolved.Text.AsSpan(span.Span.Start, span.Span.Length);
        if (text.Contains(' ')) text = text.ToString().Replace(" ", "", StringComparison.Ordinal);
        for (int i = 0; i < person.Posts.Count; i++)
        {
            Post known = person.Posts[i];
            if (known.Text.AsSpan().EndsWith(text))
            {
                // Said again with a name of its own, a post is no longer only taken over from the name before.
                if (known.Shared && !span.Shared && known.Text.Length == text.Length) person.Posts[i] = Read(resolved, index, known.Text, span);
                return;
            }
            // 申书田校长 of the headline is the 河北农业大学校长 of the text.
            if (!text.EndsWith(known.Text) || !span.Shared && text[..^known.Text.Length].Contains('副')) continue;
            if (span.Shared) return;
            person.Posts[i] = Read(resolved, index, text.ToString(), span);
            return;
        }
        person.Posts.Add(Read(resolved, index, text.ToString(), span));
    }

    /// <summary>
    /// 副校长甲、乙分别签字: one who has a post of his own takes none over from the name before, a collective label apart (县领导甲、乙).
    /// </summary>
    private static void DropShared(TermIndex index, PersonEntity person)
    {
        if (!person.Posts.Exists(static post => !post.Shared)) return;
        person.Posts.RemoveAll(post => post.Shared && !(index.TryEnd(post.Span.End, Collective, out LexiconHit label) && label.Start >= post.Span.Start));
    }

    /// <summary>Reads a post into the place it names, the body between place and head, and its level.</summary>
    private static Post Read(ResolvedText resolved, TermIndex index, string text, PostSpan span)
    {
        int at = span.Span.Start, place = -1, organization = -1;
        List<Mention> places = resolved.Tagged.Places;
        for (int i = TaggedText.CountBefore(places, at); i < places.Count; i++)
        {
            TextSpan p = places[i].Span;
            if (p.Start < at) continue;
            if (p.Start > at || p.Start >= span.HeadStart) break;
            place = resolved.PlaceOfMention[i];
            at = p.End;
        }
        int bodyEnd = Math.Max(at, span.HeadStart);
        List<Mention> bodies = resolved.Tagged.Organizations;
        for (int i = TaggedText.CountBefore(bodies, span.Span.Start); i < bodies.Count && bodies[i].Span.Start <= at; i++)
        {
            TextSpan named = bodies[i].Span;
            if (named.Start < span.Span.Start || named.End <= at || (named.End > span.HeadStart && !GoesOnAsHead(index, named.End, span.Span.End))) continue;
            organization = resolved.OrganizationOfMention[i];
            bodyEnd = Math.Max(bodyEnd, named.End);
        }
        int bodyStart = at;
        // 党组, 党委 and the like at the end belong to the post, not to the body's name.
        while (index.TryEnd(bodyEnd, TermSet.Of(TermClass.TransparentUnit), out LexiconHit unit) && unit.Start >= bodyStart && !IsMission(resolved.Text.AsSpan(bodyStart, unit.Start - bodyStart))) bodyEnd = unit.Start;
        int headBody = BodyInHead(index, span);
        bool ofPlace = headBody < 0 && IsPlaceBody(index, bodyStart, span.HeadStart);
        string body = ofPlace ? "" : resolved.Text[bodyStart..bodyEnd];
        if (headBody >= 0 && organization < 0 && headBody - bodyStart > 1 && !body.EndsWith(resolved.Text[headBody - 1])) body = resolved.Text[bodyStart..headBody];
        if (body.Length == 1) body = ""; // 镇|党委书记: a level alone names no body
        if (ofPlace) organization = -1;
        BodyLevel level = place >= 0 ? BodyLevel.None : Level(resolved.Text.AsSpan(bodyStart, span.Span.End - bodyStart));
        return new Post(text, span.Span, place, organization, body, level, span.Shared);
    }

    /// <summary>驻大阪|办事处, 郑州海关驻经开区|办事处: without the last word it is no body.</summary>
    private static bool IsMission(ReadOnlySpan<char> body) => body.Contains('驻');

    /// <summary>林学院|院长, where the head is 学院院长: whether what is left of it behind the body is a head itself.</summary>
    private static bool GoesOnAsHead(TermIndex index, int bodyEnd, int end) => bodyEnd < end && index.TryStart(bodyEnd, Heads, out LexiconHit head) && head.End == end;

    /// <summary>Where the body ends that the head has in it: 市农业局|长, 县委办|主任, 消防救援大队|教导员; -1 if it has none.</summary>
    private static int BodyInHead(TermIndex index, PostSpan span)
    {
        int last = span.Span.End - 1;
        if (index.TryStart(span.HeadStart, Prefixes, out _)) return -1;
        if (index.Text[last] == '长' && index.TryEnd(last, HeadUnits, out LexiconHit unit) && unit.End > span.HeadStart) return last;
        return index.TryStart(span.HeadStart, HeadUnits, out LexiconHit first) && first.Length > 1 && first.End < span.Span.End && !index.Terms(first).Overlaps(PlaceBodies)
            && index.TryStart(first.End, Heads, out LexiconHit head) && head.End == span.Span.End ? first.End : -1;
    }

    /// <summary>Whether only bodies that stand for their place lie between: 县委, 政府, 人大常委会, 党委.</summary>
    private static bool IsPlaceBody(TermIndex index, int start, int end)
    {
        while (start < end)
        {
            if (!index.TryStart(start, PlaceBodies | Units, out LexiconHit hit) || hit.End > end) return false;
            start = hit.End;
        }
        return true;
    }

    /// <summary>The first word of level in the post: 县委书记, 市商务局局长, 副镇长, 校长.</summary>
    private static BodyLevel Level(ReadOnlySpan<char> post)
    {
        for (int i = 0; i < post.Length; i++)
        {
            switch (post[i])
            {
                case '省': return BodyLevel.Province;
                case '市' when i + 1 >= post.Length || post[i + 1] != '场': return BodyLevel.City;
                case '州' or '盟': return BodyLevel.City;
                case '地' when i + 1 < post.Length && post[i + 1] is '委' or '区': return BodyLevel.City;
                case '行' when i + 1 < post.Length && post[i + 1] == '署': return BodyLevel.City;
                case '苏' when i + 1 < post.Length && post[i + 1] == '木': return BodyLevel.Town;
                case '县' or '旗': return BodyLevel.County;
                case '区': return i >= 2 && post[i - 1] == '治' ? BodyLevel.Province : BodyLevel.County;
                case '镇' or '乡': return BodyLevel.Town;
                case '村': return BodyLevel.Village;
                case '校' or '院' or '系': return BodyLevel.Organization;
                case '街' when i + 1 < post.Length && post[i + 1] == '道': return BodyLevel.Town;
                case '办' when i + 2 < post.Length && post[i + 1] == '事' && post[i + 2] == '处': return BodyLevel.Town;
                case '董' or '总' or '公' or '集': return BodyLevel.Organization;
            }
        }
        return BodyLevel.None;
    }
}
