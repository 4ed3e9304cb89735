using System.Text;
using NewsExtract.Text;

namespace NewsExtract.Reading;

/// <summary>Numbers what the readers of the single forms find and hands on what the run wants.</summary>
internal sealed class ArticleSink(ReadingOptions options, Func<RawArticle, bool> take)
{
    /// <summary>The limits and wishes of the run.</summary>
    public ReadingOptions Options => options;

    /// <summary>The number of the next article.</summary>
    public long Ordinal { get; private set; }

    /// <summary>Whether the taker wants no more.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Whether the next article is wanted; <see cref="Skip"/> it otherwise.</summary>
    public bool WantsNext => options.Wants(Ordinal);

    /// <summary>Counts an article that is not wanted.</summary>
    public void Skip() => Ordinal++;

    /// <summary>Hands on an article.</summary>
    public void Add(string source, InputFormat format, ReadOnlyMemory<byte> content, Encoding? encoding = null, string? charset = null, string? url = null, IReadOnlyList<Diagnostic>? remarks = null) => Take(new RawArticle
    {
        Ordinal = Ordinal,
        Source = source,
        Format = format,
        Content = content,
        Encoding = encoding,
        Charset = charset,
        Url = url,
        Diagnostics = remarks ?? [],
    });

    /// <summary>Hands on a row.</summary>
    public void Add(string source, ArticleFields fields) => Take(new RawArticle { Ordinal = Ordinal, Source = source, Format = InputFormat.Csv, Fields = fields });

    /// <summary>Hands on a fault in an article's place.</summary>
    public void Fault(string source, string code, string message, bool isFailure = true) =>
        Take(new RawArticle { Ordinal = Ordinal, Source = source, Fault = new Diagnostic(code, message, IsFailure: isFailure) });

    private void Take(RawArticle article)
    {
        bool isWanted = WantsNext;
        Ordinal++;
        if (isWanted && !IsStopped) IsStopped = !take(article);
    }
}
