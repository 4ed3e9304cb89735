using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NewsExtract.Reading;
using NewsExtract.Tests.Specs.Reading;
using NewsExtract.Text;

namespace NewsExtract.Tests.Oracles.Reading;

/// <summary>Inputs that mean harm, or that came to it: they end as articles or diagnostics, never as exceptions.</summary>
public class HostileInputTests
{
    private static readonly ReadingOptions Small = new() { LargestArticle = 100_000, RatioFreeBytes = 200_000 };

    [Fact]
    public void AnyBytesInAnyContainerAreReadOrNamed()
    {
        byte[][] sound = [.. Containers()];
        var random = new Random(77);
        Prop.ForAll<byte[], int>((bytes, seed) =>
        {
            byte[] container = (byte[])sound[(uint)seed % sound.Length].Clone();
            for (int i = random.Next(1, 6); i > 0 && container.Length > 0; i--)
            {
                int at = random.Next(container.Length);
                if (random.Next(4) == 0) container = container[..at];
                else if (bytes.Length > 0) container[at] = bytes[random.Next(bytes.Length)];
                else container[at] ^= (byte)(1 << random.Next(8));
            }
            Inputs.Decode(Inputs.FromStream(bytes, Small));
            Inputs.Decode(Inputs.FromStream(container, Small));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void DamagedArchivesOnDiskAreReadOrNamed()
    {
        using var folder = new Inputs.Folder();
        byte[] zip = Inputs.Zip(Inputs.Bytes(Inputs.Members));
        var random = new Random(78);
        for (int round = 0; round < 400; round++)
        {
            byte[] damaged = (byte[])zip.Clone();
            for (int i = random.Next(1, 4); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (random.Next(5) == 0) damaged = damaged[..random.Next(damaged.Length)];
            string path = folder.Add("a.zip", damaged);
            Inputs.Decode(Inputs.FromPath(path, Small));
        }
    }

    [Fact]
    public void ADamagedMemberDoesNotTouchTheOthers()
    {
        using var folder = new Inputs.Folder();
        byte[] zip = Inputs.Zip([("a.txt", Enumerable.Repeat((byte)'a', 5000).ToArray()), ("b.txt", "b"u8.ToArray())]);
        zip[40] ^= 0x55; // inside the first member's data
        List<RawArticle> found = Inputs.FromPath(folder.Add("x.zip", zip));
        Assert.Equal(DiagnosticCodes.ArchiveDamaged, found[0].Fault?.Code);
        Assert.Equal("b", Encoding.UTF8.GetString(found[1].Content.Span));
    }

    [Fact]
    public void BombsAreNotUnpacked()
    {
        byte[] zeros = new byte[30_000_000];
        Assert.Equal(DiagnosticCodes.TooLarge, Single(Inputs.FromPath, "a.zip", Inputs.Zip([("a.txt", zeros)], CompressionLevel.SmallestSize)));
        Assert.Equal(DiagnosticCodes.CompressionBomb, Single(Inputs.FromPath, "a.zip", Inputs.Zip([("a.jsonl", zeros)], CompressionLevel.SmallestSize)));
        Assert.Equal(DiagnosticCodes.CompressionBomb, Single(Inputs.FromPath, "a.jsonl.gz", Inputs.Gzip(zeros, CompressionLevel.SmallestSize)));
        Assert.Equal(DiagnosticCodes.CompressionBomb, Single(Inputs.FromPath, "a.tar.gz", Inputs.Gzip(Inputs.Tar([("a.jsonl", zeros)], TarEntryFormat.Pax), CompressionLevel.SmallestSize)));
    }

    [Fact]
    public void MembersThatOverlapEndTheArchive()
    {
        byte[] member = new byte[50_000];
        new Random(1).NextBytes(member);
        byte[] zip = Inputs.Zip(Enumerable.Range(0, 5).Select(i => ($"{i}.txt", member)), CompressionLevel.NoCompression);
        // All entries of the directory point to the first member.
        for (int at = 0; at + 46 < zip.Length; at++)
            if (BitConverter.ToUInt32(zip, at) == 0x02014B50) BitConverter.TryWriteBytes(zip.AsSpan(at + 42), 0u);
        byte[] cut = [.. zip[..50_100], .. zip[250_000..]];
        int end = cut.Length - 22;
        BitConverter.TryWriteBytes(cut.AsSpan(end + 16), BitConverter.ToUInt32(cut, end + 16) - 199_900u);
        using var folder = new Inputs.Folder();
        List<RawArticle> found = Inputs.FromPath(folder.Add("a.zip", cut));
        Assert.Equal(DiagnosticCodes.CompressionBomb, found[^1].Fault?.Code);
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public void AnArchiveInAnArchiveIsNamed()
    {
        using var folder = new Inputs.Folder();
        byte[] inner = Inputs.Zip([("a.txt", "a"u8.ToArray())]);
        List<RawArticle> found = Inputs.FromPath(folder.Add("a.zip", Inputs.Zip([("b.zip", inner), ("c.jsonl.gz", Inputs.Gzip("{\"text\":\"c\"}"u8.ToArray()))])));
        Assert.Equal(DiagnosticCodes.NestedArchive, found[0].Fault?.Code);
        Assert.False(found[0].Fault?.IsFailure);
        Assert.Equal("a.zip#c.jsonl.gz#1", Path.GetFileName(found[1].Source));
        byte[] nested = "{\"text\":\"d\"}"u8.ToArray();
        for (int i = 0; i < 5; i++) nested = Inputs.Gzip(nested);
        Assert.Equal(DiagnosticCodes.NestedArchive, Inputs.FromStream(nested)[0].Fault?.Code);
    }

    [Fact]
    public void NamesThatLeadOutAreOnlyNames()
    {
        using var folder = new Inputs.Folder();
        List<RawArticle> found = Inputs.FromPath(folder.Add("a.zip", Inputs.Zip([("../../etc/a.txt", "a"u8.ToArray())])));
        Assert.Equal(DiagnosticCodes.UnsafeName, Assert.Single(found[0].Diagnostics).Code);
        Assert.Equal("a", Encoding.UTF8.GetString(found[0].Content.Span));
    }

    [Fact]
    public void LinkedFoldersAreNotFollowed()
    {
        using var folder = new Inputs.Folder();
        folder.Add("x/a.txt", "a");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "x", "loop"), folder.Path);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "x", "self.txt"), Path.Combine(folder.Path, "x", "self.txt"));
        List<RawArticle> found = Inputs.FromPath(folder.Path);
        Assert.Equal(["a.txt", "loop", "self.txt"], found.Select(raw => Path.GetFileName(raw.Source)));
        Assert.Equal([null, DiagnosticCodes.LinkNotFollowed, DiagnosticCodes.Unreadable], found.Select(raw => raw.Fault?.Code));
    }

    [Fact]
    public void FoldersAreReadInOrdinalOrder()
    {
        using var folder = new Inputs.Folder();
        string[] names = ["B.txt", "a.txt", "a/1.txt", "a/b/2.txt", "é.html", "甲.txt", "乙.jsonl", "empty.txt"];
        foreach (string name in names) folder.Add(name, name.EndsWith(".jsonl", StringComparison.Ordinal) ? "\n{\"text\":\"a\"}\n\n{\"text\":\"b\"}" : name == "empty.txt" ? "" : name);
        folder.Add("readme.md", "x");
        Assert.Equal(["B.txt", "a.txt", "a/1.txt", "a/b/2.txt", "empty.txt", "é.html", "乙.jsonl#2", "乙.jsonl#4", "甲.txt"], Inputs.FromPath(folder.Path).Select(raw => raw.Source[(folder.Path.Length + 1)..]));
    }

    [Fact]
    public void ALineThatDoesNotEndIsPassedOver()
    {
        var stream = new MemoryStream();
        stream.Write("{\"text\":\"甲\"}\n{\"text\":\""u8);
        stream.Write(new byte[3_000_000].AsSpan());
        stream.Write("\n{\"text\":\"乙\"}"u8);
        List<RawArticle> found = Inputs.FromStream(stream.ToArray(), Small);
        Assert.Equal([null, DiagnosticCodes.TooLarge, null], found.Select(raw => raw.Fault?.Code));
        Assert.Equal("-#3", found[2].Source);
    }

    [Fact]
    public void DeepTagsAndManyAttributesTakeLittleTime()
    {
        const string Sentence = "四月一日，书记率队赴外地考察，学习先进经验。";
        string deep = string.Concat(Enumerable.Repeat("<div>", 100_000)) + Sentence + string.Concat(Enumerable.Repeat("</div>", 100_000));
        Article article = PageFiles.Read(deep);
        Assert.Equal(Sentence, article.Body.Text);
        Assert.Contains(article.Diagnostics, d => d.Code == DiagnosticCodes.TooDeep);
        Assert.Equal(Sentence, PageFiles.Read(string.Concat(Enumerable.Repeat("<b><a href=x><i>", 50_000)) + "</a>" + Sentence).Body.Text);
        Assert.Equal(Sentence, PageFiles.Read($"<p {string.Concat(Enumerable.Range(0, 3_000).Select(i => $"a{i}=1 "))}>{Sentence}</p>" + string.Concat(Enumerable.Repeat("</div></p>", 100_000))).Body.Text);
        Assert.Equal("", PageFiles.Read(new string('<', 300_000)).Body.Text);
        Assert.Equal("", PageFiles.Read("<!--" + new string('-', 300_000)).Body.Text);
        Assert.Equal(Sentence, PageFiles.Read($"<p>{Sentence}<script>" + new string('x', 300_000)).Body.Text);
    }

    [Fact]
    public void NulBytesStayWhereTheyAre()
    {
        Article article = Inputs.Decode(Inputs.FromStream([.. Encoding.UTF8.GetBytes("书记赴外地考察，"), 0, .. Encoding.UTF8.GetBytes("学习经验。书记赴外地考察，学习经验。")]))[0];
        Assert.Equal("书记赴外地考察，\0学习经验。书记赴外地考察，学习经验。", article.Body.Text);
    }

    private static string? Single(Func<string, ReadingOptions?, List<RawArticle>> read, string name, byte[] content)
    {
        using var folder = new Inputs.Folder();
        return Assert.Single(read(folder.Add(name, content), Small)).Fault?.Code;
    }

    private static IEnumerable<byte[]> Containers()
    {
        (string, byte[])[] members = [.. Inputs.Bytes(Inputs.Members)];
        byte[] lines = Encoding.UTF8.GetBytes("{\"text\":\"甲县书记赴乙县考察。\",\"id\":\"1\"}\n{\"html\":\"<p>乙</p>\"}\n");
        yield return lines;
        yield return Inputs.Gzip(lines);
        yield return Inputs.Tar(members, TarEntryFormat.Pax);
        yield return Inputs.Tar(members, TarEntryFormat.Gnu);
        yield return Inputs.Gzip(Inputs.Tar(members, TarEntryFormat.Pax));
        yield return Encoding.UTF8.GetBytes(PageFiles.Html("portal"));
        yield return CharsetDetector.ByLabel("big5")!.Value.Encoding.GetBytes(PageFiles.Html("line-breaks"));
        yield return Encoding.Unicode.GetBytes(PageFiles.Html("sections"));
        byte[] page = Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>ab\r\n0\r\n\r\n");
        yield return [.. Encoding.UTF8.GetBytes($"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: {page.Length}\r\n\r\n"), .. page, .. "\r\n\r\n"u8];
    }
}
