using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using NewsExtract.Reading;
using NewsExtract.Text;

namespace NewsExtract.Tests.Oracles.Reading;

/// <summary>What the runtime's own writers packed comes out again, member by member.</summary>
public class ArchiveOracles
{
    [Fact]
    public void ZipMembersComeOutInOrder()
    {
        using var folder = new Inputs.Folder();
        foreach (CompressionLevel level in (CompressionLevel[])[CompressionLevel.Fastest, CompressionLevel.NoCompression])
        {
            string path = folder.Add("a.zip", Inputs.Zip(Inputs.Bytes(Inputs.Members), level));
            AssertMembers(path, Inputs.FromPath(path));
        }
    }

    [Fact]
    public void ALargeZipIsReadPieceByPiece()
    {
        using var folder = new Inputs.Folder();
        string path = folder.Add("a.zip", Inputs.Zip(Enumerable.Range(0, 70_000).Select(i => ($"{i}.txt", i % 1000 == 0 ? Encoding.UTF8.GetBytes($"第{i}篇") : [])), CompressionLevel.NoCompression));
        var taken = new List<RawArticle>();
        new InputReader([path], new ReadingOptions { ShardCount = 1000, Shard = 1 }).Read(raw =>
        {
            taken.Add(raw);
            return true;
        });
        Assert.Equal(Enumerable.Range(0, 70).Select(i => $"第{i * 1000}篇"), taken.Select(raw => Encoding.UTF8.GetString(raw.Content.Span)));
        Assert.Equal(Enumerable.Range(0, 70).Select(i => i * 1000L), taken.Select(raw => raw.Ordinal));
    }

    [Theory]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void TarMembersComeOutInOrder(TarEntryFormat format)
    {
        (string, string)[] members = [.. Inputs.Members, (string.Concat(Enumerable.Repeat("很长的目录名/", 30)) + "末.txt", "最后一篇。")];
        byte[] tar = Inputs.Tar(Inputs.Bytes(members), format);
        AssertMembers("-", Inputs.FromStream(tar), members);
        AssertMembers("-", Inputs.FromStream(Inputs.Gzip(tar)), members);
    }

    [Fact]
    public void GzipMembersAreOneStream()
    {
        var random = new Random(5);
        for (int round = 0; round < 60; round++)
        {
            var packed = new MemoryStream();
            var plain = new MemoryStream();
            for (int member = random.Next(1, 5); member > 0; member--)
            {
                byte[] part = new byte[random.Next(30_000)];
                for (int i = 0; i < part.Length; i++) part[i] = (byte)('a' + random.Next(random.Next(1, 26)));
                packed.Write(Inputs.Gzip(part));
                plain.Write(part);
            }
            if (random.Next(3) == 0) packed.Write(new byte[random.Next(600)]);
            using var unpacked = new NewsExtract.Reading.Archives.GzipInput(new Dribble(packed.ToArray(), random));
            var found = new MemoryStream();
            unpacked.CopyTo(found);
            Assert.Equal(plain.ToArray(), found.ToArray());
        }
    }

    [Fact]
    public void ACutOffGzipIsNeverTakenForAWholeOne()
    {
        byte[] packed = [.. Inputs.Gzip(Encoding.UTF8.GetBytes("{\"text\":\"第一篇\"}\n")), .. Inputs.Gzip(Encoding.UTF8.GetBytes("{\"text\":\"第二篇\"}\n"))];
        int whole = Inputs.Gzip(Encoding.UTF8.GetBytes("{\"text\":\"第一篇\"}\n")).Length;
        for (int length = 3; length < packed.Length; length++)
        {
            if (length is var l && (l == whole || l == whole + 1)) continue; // ends with a member, or with one byte of padding
            List<RawArticle> found = Inputs.FromStream(packed[..length]);
            Assert.Equal(DiagnosticCodes.ArchiveTruncated, found[^1].Fault?.Code);
        }
    }

    [Fact]
    public void WebArchivesGiveTheirPages()
    {
        const string Page = "<html><head><meta charset=\"gb2312\"></head><body><p>四月一日，书记率队赴外地考察，学习先进经验。</p></body></html>";
        byte[] page = CharsetDetector.ByLabel("gbk")!.Value.Encoding.GetBytes(Page);
        byte[][] records =
        [
            Record("warcinfo", "application/warc-fields", "software: x"u8.ToArray()),
            Response("200 OK", "Content-Type: text/html", page),
            Response("404 Not Found", "Content-Type: text/html", page),
            Response("200 OK", "Content-Type: image/png", page),
            Response("200 OK", "Content-Type: text/html\r\nTransfer-Encoding: chunked", Chunked(page)),
            Response("200 OK", "Content-Type: text/html\r\nTransfer-Encoding: chunked", page),
            Response("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip", Inputs.Gzip(page)),
            Response("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip", page),
            Response("200 OK", "Content-Type: text/html; charset=gbk\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked", Chunked(Inputs.Gzip(page))),
            Record("conversion", "text/plain", Encoding.UTF8.GetBytes("四月一日，书记率队赴外地考察，学习先进经验。")),
        ];
        foreach (byte[] archive in (byte[][])[[.. records.SelectMany(r => r)], [.. records.SelectMany(Inputs.Gzip)]])
        {
            List<RawArticle> raws = Inputs.FromStream(archive);
            Assert.Equal(["-#2", "-#5", "-#6", "-#7", "-#8", "-#9", "-#10"], raws.Select(raw => raw.Source));
            Assert.All(Inputs.Decode(raws), article =>
            {
                Assert.Equal("四月一日，书记率队赴外地考察，学习先进经验。", article.Body.Text);
                Assert.Equal("http://example.org/甲", article.Url);
            });
        }
    }

    private static byte[] Chunked(byte[] body)
    {
        var chunks = new MemoryStream();
        for (int at = 0; at < body.Length; at += 37)
        {
            int length = Math.Min(37, body.Length - at);
            chunks.Write(Encoding.ASCII.GetBytes($"{length:x};name=value\r\n"));
            chunks.Write(body, at, length);
            chunks.Write("\r\n"u8);
        }
        chunks.Write("0\r\n\r\n"u8);
        return chunks.ToArray();
    }

    private static byte[] Response(string status, string fields, byte[] body) =>
        Record("response", "application/http; msgtype=response", [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{fields}\r\n\r\n"), .. body]);

    private static byte[] Record(string type, string content, byte[] block) =>
        [.. Encoding.UTF8.GetBytes($"WARC/1.0\r\nWARC-Type: {type}\r\nWARC-Target-URI: <http://example.org/甲>\r\nContent-Type: {content}\r\nContent-Length: {block.Length}\r\n\r\n"), .. block, .. "\r\n\r\n"u8];

    private static void AssertMembers(string source, List<RawArticle> found, (string Name, string Text)[]? members = null)
    {
        (string Name, string Text)[] expected = [.. (members ?? Inputs.Members).Where(member => !member.Name.EndsWith(".docx", StringComparison.Ordinal))];
        Assert.Equal(expected.Select(member => $"{source}#{member.Name}"), found.Select(raw => raw.Source));
        Assert.Equal(expected.Select(member => member.Text), found.Select(raw => Encoding.UTF8.GetString(raw.Content.Span)));
        Assert.Equal(Enumerable.Range(0, expected.Length), found.Select(raw => (int)raw.Ordinal));
        Assert.All(found, raw => Assert.Null(raw.Fault));
    }

    /// <summary>A stream that gives as little as it likes at a time.</summary>
    private sealed class Dribble(byte[] bytes, Random random) : NewsExtract.Reading.Archives.ReadOnlyStream
    {
        private int _position;

        public override int Read(Span<byte> buffer)
        {
            int count = Math.Min(Math.Min(buffer.Length, random.Next(1, 5000)), bytes.Length - _position);
            bytes.AsSpan(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }
    }
}
