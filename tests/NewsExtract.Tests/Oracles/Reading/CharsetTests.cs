using System.Text;
using NewsExtract.Reading;
using NewsExtract.Tests.Specs.Reading;

namespace NewsExtract.Tests.Oracles.Reading;

/// <summary>Chinese text in every encoding, cut into snippets: the encoding is told from each.</summary>
public class CharsetTests
{
    private static readonly string Simplified = Sample(name => name != "line-breaks");
    private static readonly string Traditional = Sample(name => name == "line-breaks");

    [Theory]
    [InlineData("utf-8", 65001)]
    [InlineData("utf-16le", 1200)]
    [InlineData("utf-16be", 1201)]
    [InlineData("gb18030", 54936)]
    [InlineData("big5", 950)]
    public void SnippetsOfHundredBytesAreTold(string name, int codePage)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);
        int count = 0;
        foreach (string text in name == "big5" ? (string[])[Traditional] : [Simplified, Traditional])
        {
            for (int start = 0; start + 60 <= text.Length; start += 7)
            {
                byte[] bytes = encoding.GetBytes(text.Substring(start, 60));
                foreach (int length in (int[])[bytes.Length, bytes.Length - 1])
                {
                    DetectedCharset found = CharsetDetector.Detect(bytes.AsSpan(0, length));
                    Assert.Equal(name, found.Name);
                    Assert.InRange(found.Confidence, 0.5, 1);
                    count++;
                }
            }
        }
        Assert.True(count > 10);
    }

    [Fact]
    public void MarksDecide()
    {
        foreach (Encoding encoding in (Encoding[])[new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)])
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("甲ab")];
            Assert.Equal(encoding.CodePage, CharsetDetector.Detect(bytes).Encoding.CodePage);
            Assert.Equal("甲ab", Decode(bytes, null, out _));
        }
    }

    [Fact]
    public void ADeclarationThatDoesNotFitIsOverruledAndSaid()
    {
        byte[] bytes = CharsetDetector.Utf8.GetBytes(Simplified);
        Assert.Equal(Simplified, Decode(bytes, "gb2312", out string[] codes));
        Assert.Equal(["NX1003"], codes);
        Assert.Equal(Simplified, Decode(CharsetDetector.ByLabel("GBK")!.Value.Encoding.GetBytes(Simplified), "utf-8", out codes));
        Assert.Equal(["NX1003"], codes);
        Assert.Equal("plain", Decode("plain"u8.ToArray(), "gb2312", out codes));
        Assert.Empty(codes);
    }

    [Fact]
    public void BrokenBytesBecomeADiagnosticWithItsPlace()
    {
        byte[] bytes = [.. CharsetDetector.Utf8.GetBytes(Simplified), 0xE4, 0xB8, .. CharsetDetector.Utf8.GetBytes(Simplified)];
        string text = Decode(bytes, null, out string[] codes);
        Assert.Equal(Simplified.Length * 2 + 1, text.Length);
        Assert.Contains("NX1002", codes);
    }

    private static string Decode(byte[] bytes, string? declared, out string[] codes)
    {
        var remarks = new List<NewsExtract.Text.Diagnostic>();
        string text = TextDecoder.Decode(bytes, declared, remarks);
        codes = [.. remarks.Select(remark => remark.Code)];
        return text;
    }

    private static string Sample(Func<string, bool> wanted) => string.Concat(PageFiles.Names().Where(wanted).Select(PageFiles.Text));
}
