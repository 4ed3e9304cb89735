using Microsoft.Win32.SafeHandles;
using NewsExtract.Text;

namespace NewsExtract.Reading.Archives;

/// <summary>Hands the members of archives on, each in its own form. Archives in archives are not opened.</summary>
internal sealed class ArchiveReader(ArticleSink sink, Action<PrefixedStream, string, InputFormat?> readStream)
{
    private readonly ReadingOptions _options = sink.Options;

    /// <summary>Reads a ZIP archive. A damaged member does not touch the others.</summary>
    public void ReadZip(SafeFileHandle file, string source)
    {
        var members = new ZipMembers(file);
        while (!sink.IsStopped && members.Next())
        {
            long packed = members.Packed;
            if (!ReadMember(source, members.Name, () => new RatioGuard(members.Open(), () => packed, _options))) return;
        }
    }

    /// <summary>Reads a tar archive.</summary>
    public void ReadTar(Stream stream, string source)
    {
        using var members = new TarMembers(stream);
        while (!sink.IsStopped && members.Next())
        {
            // What a stream lost is lost for all members behind it: the fault goes to the archive.
            if (Wanted(source, members.Name) is { } format) ReadAs(members.Content, $"{source}#{members.Name}", members.Name, format);
        }
    }

    /// <summary>Reads a single packed file.</summary>
    public void ReadGzip(Stream stream, string source, InputFormat? inner)
    {
        using Stream unpacked = Unpacked(stream);
        readStream(PrefixedStream.Open(unpacked), source, inner);
    }

    /// <summary>The unpacked bytes, guarded.</summary>
    public Stream Unpacked(Stream packed)
    {
        var gzip = new GzipInput(packed);
        return new RatioGuard(gzip, () => gzip.Packed, _options);
    }

    private bool ReadMember(string source, string name, Func<Stream> open)
    {
        if (Wanted(source, name) is not { } format) return true;
        string member = $"{source}#{name}";
        if (format is InputFormat.Text or InputFormat.Html && !InputNames.IsGzipped(name) && !sink.WantsNext)
        {
            sink.Skip();
            return true;
        }
        try
        {
            using Stream content = open();
            ReadAs(content, member, name, format);
        }
        catch (ArchiveException e)
        {
            sink.Fault(member, e.Code, e.Message);
            return e.Message != "the members overlap";
        }
        catch (InvalidDataException e)
        {
            sink.Fault(member, DiagnosticCodes.ArchiveDamaged, e.Message);
        }
        return true;
    }

    private void ReadAs(Stream content, string member, string name, InputFormat format)
    {
        List<Diagnostic>? remarks = InputNames.LeadsOut(name) ? [new Diagnostic(DiagnosticCodes.UnsafeName, "the member's name leads out of the archive")] : null;
        if (format == InputFormat.Gzip)
        {
            using Stream unpacked = Unpacked(content);
            InputFormat? inner = InputNames.Format(name.AsSpan(0, name.Length - 3));
            readStream(PrefixedStream.Open(unpacked), member, inner);
        }
        else if (format is InputFormat.Text or InputFormat.Html) SingleArticle.Read(content, member, format, sink, remarks: remarks);
        else readStream(PrefixedStream.Open(content), member, format);
    }

    // The form of a member that is read; null for others, with a remark where a user may expect it to be read.
    private InputFormat? Wanted(string source, string name)
    {
        if (MemberNames.IsHousekeeping(name) || InputNames.Format(name) is not { } format) return null;
        if (format is InputFormat.Zip or InputFormat.Tar or InputFormat.Warc
            || (format == InputFormat.Gzip && InputNames.Format(name.AsSpan(0, name.Length - 3)) is not (null or InputFormat.Text or InputFormat.Html or InputFormat.JsonLines or InputFormat.Csv)))
        {
            sink.Fault($"{source}#{name}", DiagnosticCodes.NestedArchive, "an archive inside an archive is not opened", isFailure: false);
            return null;
        }
        return format;
    }
}
