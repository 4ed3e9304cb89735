using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using NewsExtract.Reading;
using NewsExtract.Text;

namespace NewsExtract.Tests.Oracles.Reading;

/// <summary>Inputs made in memory or in a folder of their own, and what reading makes of them.</summary>
internal static class Inputs
{
    public static readonly (string Name, string Text)[] Members =
    [
        ("甲.txt", "甲县书记赴乙县考察。"), ("深/层/目录/乙.txt", new string('长', 3000) + "文。"), ("c.html", "<html><body><p>四月一日，书记率队赴外地考察，学习先进经验。</p></body></html>"), ("空.txt", ""), ("跳过.docx", "no article"),
    ];

    /// <summary>The articles and faults of a stream on standard input.</summary>
    public static List<RawArticle> FromStream(byte[] bytes, ReadingOptions? options = null)
    {
        var found = new List<RawArticle>();
        new InputReader(["-"], options ?? new ReadingOptions(), new MemoryStream(bytes)).Read(raw =>
        {
            found.Add(raw);
            return found.Count < 10_000;
        });
        return found;
    }

    /// <summary>The articles and faults of a file or folder.</summary>
    public static List<RawArticle> FromPath(string path, ReadingOptions? options = null)
    {
        var found = new List<RawArticle>();
        new InputReader([path], options ?? new ReadingOptions()).Read(raw =>
        {
            found.Add(raw);
            return found.Count < 10_000;
        });
        return found;
    }

    /// <summary>Decodes all that was found: nothing may be thrown.</summary>
    public static List<Article> Decode(List<RawArticle> raws)
    {
        var reader = new ArticleReader(new ReadingOptions());
        var scratch = new ReadingScratch();
        return raws.ConvertAll(raw => reader.Read(raw, scratch));
    }

    public static byte[] Gzip(byte[] bytes) => Gzip(bytes, CompressionLevel.Fastest);

    public static byte[] Gzip(byte[] bytes, CompressionLevel level)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level)) gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Zip(IEnumerable<(string Name, byte[] Content)> members, CompressionLevel level = CompressionLevel.Fastest)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, true))
        {
            foreach ((string name, byte[] content) in members)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    public static byte[] Tar(IEnumerable<(string Name, byte[] Content)> members, TarEntryFormat format)
    {
        var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, format, true))
        {
            foreach ((string name, byte[] content) in members)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                    _ => new PaxTarEntry(TarEntryType.RegularFile, name),
                };
                entry.DataStream = new MemoryStream(content);
                tar.WriteEntry(entry);
            }
        }
        return bytes.ToArray();
    }

    public static IEnumerable<(string Name, byte[] Content)> Bytes((string Name, string Text)[] members) => members.Select(member => (member.Name, Encoding.UTF8.GetBytes(member.Text)));

    /// <summary>A folder that goes away.</summary>
    public sealed class Folder : IDisposable
    {
        public Folder() => Directory.CreateDirectory(Path);

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "newsextract-" + Guid.NewGuid().ToString("N"));

        public string Add(string name, byte[] content)
        {
            string path = System.IO.Path.Combine(Path, name);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
            return path;
        }

        public string Add(string name, string content) => Add(name, Encoding.UTF8.GetBytes(content));

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
