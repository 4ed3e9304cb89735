using System.Security.Cryptography;
using System.Text;
using NewsExtract.Text;

namespace NewsExtract.Records;

/// <summary>Turns the drafts of one article into its record: values normalised, spans mapped back to the source.</summary>
internal sealed class RecordWriter(TextContext context, Relations relations)
{
    private int _nextDate;

    private ResolvedText Resolved => context.Resolved;

    public ArticleRecord Write(List<TripDraft?> trips, List<ParticipantDraft> people, List<MeetingDraft> meetings, List<AgreementDraft> agreements)
    {
        Article article = Resolved.Article;
        Layout layout = Resolved.Layout;
        var visits = new List<Visit>();
        var visitOfStory = new int?[trips.Count];
        for (int i = 0; i < trips.Count; i++)
        {
            if (trips[i] is not { } trip) continue;
            visitOfStory[i] = visits.Count;
            visits.Add(ToVisit(trip));
        }
        return new ArticleRecord
        {
            Source = article.Source,
            Id = article.Id ?? StableId(article.Body.Source),
            Title = layout.Title ?? article.Title,
            Outlet = layout.Outlet ?? article.Outlet,
            Url = article.Url,
            Published = layout.Published?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            Diagnostics = article.Diagnostics.Count == 0 ? [] : [.. article.Diagnostics.Select(static d => new DiagnosticRecord(d.Code, d.Message, d.Span?.Start, d.Span?.End))],
            Credits = Credits(),
            Mentions = Mentions(),
            Dates = Resolved.Dates.ToRecords(Resolved.Clean),
            Visits = visits,
            Participants = [.. people.Select(p => new Participant(p.Person.Name, [.. p.Person.Posts.Select(static post => post.Text)], p.Affiliation, p.Side,
                visitOfStory[p.Story.Index], Round(p.Confidence), [Source(p.Span)]))],
            Meetings = [.. meetings.Select(m => new Meeting(Value(m.Kind), VenuePlace(m.Place), m.Date.ToIso(), m.Chair?.Name,
                visitOfStory[m.Story.Index], Round(m.Confidence), [Source(m.Kind)]))],
            Agreements = [.. agreements.Select(a => new Agreement(a.Name, a.Parties, [.. a.Signatories.Select(static s => s.Name)], a.Date.ToIso(), VenuePlace(a.Place), a.Amount,
                a.IsPlanned ? "planned" : "signed", visitOfStory[a.Story.Index], Round(a.Confidence), [Source(a.Span)]))],
        };
    }

    private Visit ToVisit(TripDraft trip)
    {
        var stops = new List<string>();
        foreach (TextSpan stop in trip.Stops) stops.Add(Value(stop));
        var purposes = new List<string>();
        foreach (TextSpan purpose in trip.Purposes)
        {
            string value = Value(purpose);
            if (!purposes.Contains(value)) purposes.Add(value);
        }
        var evidence = new List<int[]>();
        foreach (TextSpan span in trip.Evidence) evidence.Add(Source(span));
        foreach (TextSpan span in trip.Stops) evidence.Add(Source(span));
        evidence.Sort(static (a, b) => a[0].CompareTo(b[0]));
        PlaceRecord? from = trip.FromName is { } named ? NamedPlace(named) : trip.From.Place >= 0 ? WrittenPlace(Resolved.Places[trip.From.Place])
            : trip.From.Organization >= 0 ? new PlaceRecord(relations.NameOf(trip.From), null, null) : null;
        return new Visit(trip.Leader?.Name, from, [.. trip.To.Select(id => ChainPlace(Resolved.Places[id]))], stops,
            trip.Start.ToIso(), trip.End.ToIso(), purposes, Round(trip.Confidence), evidence);
    }

    private PlaceRecord ChainPlace(PlaceEntity place) => new(place.Chain, place.Code, place.Country);

    private static PlaceRecord WrittenPlace(PlaceEntity place) => new(place.Written.Length > 0 ? place.Written : place.Chain, place.Code, place.Country);

    private PlaceRecord NamedPlace(string name)
    {
        foreach (PlaceEntity place in Resolved.Places)
            if (place.Written == name) return WrittenPlace(place);
        return new PlaceRecord(name, null, null);
    }

    private PlaceRecord? VenuePlace(Venue? venue)
    {
        if (venue is not { } held) return null;
        PlaceEntity? place = held.Party.Place >= 0 ? Resolved.Places[held.Party.Place] : null;
        return new PlaceRecord(held.Text, place?.Code, place?.Country);
    }

    private List<Credit> Credits()
    {
        var credits = new List<Credit>();
        foreach (CreditSpan credit in Resolved.Tagged.Credits)
        {
            var record = new Credit(Value(credit.Span), credit.Role);
            if (!credits.Exists(c => c.Name == record.Name)) credits.Add(record);
        }
        return credits;
    }

    private List<MentionRecord> Mentions()
    {
        _nextDate = 0;
        var records = new List<MentionRecord>(Resolved.Tagged.Mentions.Count);
        foreach (Mention mention in Resolved.Tagged.Mentions)
        {
            SourceSpan source = Resolved.Clean.ToSource(mention.Span);
            string text = Resolved.Clean.Source[source.Start..source.End];
            records.Add(new MentionRecord(Name(mention.Kind), text, source.Start, source.End, MentionValue(mention, text),
                Name(mention.Origin), Math.Round(mention.Score, 2)));
        }
        return records;
    }

    private string? MentionValue(Mention mention, string text)
    {
        if (mention.Kind != MentionKind.Date)
        {
            // Where nothing was repaired the source's own string serves.
            ReadOnlySpan<char> value = Resolved.Text.AsSpan(mention.Span.Start, mention.Span.Length);
            return value.SequenceEqual(text) && !value.Contains(' ') ? text : Value(mention.Span);
        }
        List<ResolvedDate> dates = Resolved.Dates.All;
        // Mentions and dates are both in the text's order.
        while (_nextDate < dates.Count && dates[_nextDate].Span.Start < mention.Span.Start) _nextDate++;
        for (int i = _nextDate; i < dates.Count && dates[i].Span.Start == mention.Span.Start; i++)
            if (dates[i] is var date && date.Span == mention.Span)
                return date.Start.HasValue && date.End.HasValue && date.Start != date.End ? $"{date.Start.ToIso()}/{date.End.ToIso()}"
                    : date.Start.HasValue ? date.Start.ToIso() : date.End.HasValue ? $"/{date.End.ToIso()}" : null;
        return null;
    }

    private string Value(TextSpan span) => Resolved.Text[span.Start..span.End].Replace(" ", "", StringComparison.Ordinal);

    private int[] Source(TextSpan span)
    {
        SourceSpan source = Resolved.Clean.ToSource(span);
        return [source.Start, source.End];
    }

    private static double Round(double value) => Math.Round(Math.Clamp(value, 0, 1), 3);

    /// <summary>The first sixteen hexadecimal digits of the SHA-256 of the source text in UTF-8.</summary>
    internal static string StableId(string source) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)).AsSpan(0, 8));

    private static string Name(MentionKind kind) => kind switch
    {
        MentionKind.Person => "person",
        MentionKind.Title => "title",
        MentionKind.Place => "place",
        MentionKind.Organization => "organization",
        MentionKind.Date => "date",
        _ => "agreement",
    };

    private static string Name(MentionOrigin origin) => origin switch
    {
        MentionOrigin.Rule => "rule",
        MentionOrigin.Lexicon => "lexicon",
        MentionOrigin.Model => "model",
        _ => "echo",
    };
}
