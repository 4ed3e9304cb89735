using NewsExtract.Reading.Archives;
using NewsExtract.Text;

namespace NewsExtract.Reading;

/// <summary>
/// Finds the articles of inputs, in a stable order, and hands them on undecoded. Streams: no file larger than one
/// article is ever held in memory. What can't be read becomes a fault in an article's place; nothing is thrown for it.
/// </summary>
public sealed class InputReader(IReadOnlyList<string> inputs, ReadingOptions options, Stream? standardInput = null)
{
    private const int Nesting = 40; // folders within folders
    private long _bytesRead;

    /// <summary>Bytes taken from files and standard input so far; packed bytes for archives. For progress, from any thread.</summary>
    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Whether a file of this name is read where it is found in a folder.</summary>
    public static bool IsRead(string name) => InputNames.Format(name) is not null;

    /// <summary>Reads everything, until <paramref name="take"/> returns false.</summary>
    public void Read(Func<RawArticle, bool> take)
    {
        var sink = new ArticleSink(options, take);
        foreach (string input in inputs)
        {
            if (sink.IsStopped) return;
            if (input == "-") ReadStandardInput(sink);
            else if (Directory.Exists(input)) ReadFolder(input, sink, 0);
            else ReadFile(input, sink, isNamed: true);
        }
    }

    private void ReadStandardInput(ArticleSink sink)
    {
        Stream stream = new CountingStream(standardInput ?? Stream.Null, count => Interlocked.Add(ref _bytesRead, count));
        Guarded("-", sink, () => ReadStream(PrefixedStream.Open(stream, least: 4), "-", options.Format, sink));
    }

    private void ReadFolder(string folder, ArticleSink sink, int depth)
    {
        string[] names;
        try
        {
            names = [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().Select(info => info is DirectoryInfo ? info.Name + "/" : info.Name)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            sink.Fault(folder, DiagnosticCodes.Unreadable, e.Message);
            return;
        }
        Array.Sort(names, StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (sink.IsStopped) return;
            string path = Path.Join(folder, name.TrimEnd('/'));
            if (!name.EndsWith('/'))
            {
                if (InputNames.Format(name) is not null) ReadFile(path, sink, isNamed: false);
            }
            else if (new DirectoryInfo(path).LinkTarget is not null) sink.Fault(path, DiagnosticCodes.LinkNotFollowed, "a linked folder is not followed", isFailure: false);
            else if (depth >= Nesting) sink.Fault(path, DiagnosticCodes.Unreadable, $"folders are nested deeper than {Nesting}");
            else ReadFolder(path, sink, depth + 1);
        }
    }

    private void ReadFile(string path, ArticleSink sink, bool isNamed)
    {
        InputFormat? format = InputNames.Format(path) ?? (isNamed ? options.Format : null);
        if (format is InputFormat.Text or InputFormat.Html && !sink.WantsNext)
        {
            Interlocked.Add(ref _bytesRead, new FileInfo(path) is { Exists: true, Length: long length } ? length : 0);
            sink.Skip();
            return;
        }
        Guarded(path, sink, () =>
        {
            // A pipe among the files of a folder would be waited for for ever; it has no length.
            if (!isNamed && new FileInfo(path) is { Length: 0, LinkTarget: null })
            {
                if (format is InputFormat.Text or InputFormat.Html) sink.Add(path, format.Value, default);
                return;
            }
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
            if (format is InputFormat.Text or InputFormat.Html && file.CanSeek) ReadWhole(file, path, format.Value, sink);
            else if (format == InputFormat.Zip && file.CanSeek) ReadZip(file, path, sink);
            else ReadStream(PrefixedStream.Open(new CountingStream(file, count => Interlocked.Add(ref _bytesRead, count))), path, format, sink);
        });
    }

    private void ReadZip(FileStream file, string path, ArticleSink sink)
    {
        new ArchiveReader(sink, (stream, source, format) => ReadStream(stream, source, format, sink, depth: 1)).ReadZip(file.SafeFileHandle, path);
        Interlocked.Add(ref _bytesRead, file.Length);
    }

    private void ReadWhole(FileStream file, string path, InputFormat format, ArticleSink sink)
    {
        if (file.Length > options.LargestArticle)
        {
            sink.Fault(path, DiagnosticCodes.TooLarge, $"{file.Length} bytes; the limit is {options.LargestArticle}");
            return;
        }
        byte[] content = GC.AllocateUninitializedArray<byte>((int)file.Length);
        int length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        Interlocked.Add(ref _bytesRead, length);
        sink.Add(path, format, content.AsMemory(0, length));
    }

    private static void ReadStream(PrefixedStream stream, string source, InputFormat? format, ArticleSink sink, int depth = 0)
    {
        InputFormat form = format ?? InputNames.Sniff(stream.Head);
        if (depth > 1 && InputNames.IsArchive(form))
        {
            // There are files that unpack to themselves.
            sink.Fault(source, DiagnosticCodes.NestedArchive, "an archive inside an archive is not opened", isFailure: false);
            return;
        }
        switch (form)
        {
            case InputFormat.JsonLines:
                JsonLines.Read(stream, source, sink);
                break;
            case InputFormat.Csv:
                CsvRows.Read(stream, source, sink);
                break;
            case InputFormat.Text or InputFormat.Html:
                SingleArticle.Read(stream, source, form, sink);
                break;
            case InputFormat.Zip:
                sink.Fault(source, DiagnosticCodes.Unsupported, "a ZIP archive can only be read from a file");
                break;
            default:
                ReadPacked(stream, source, form, sink, depth + 1);
                break;
        }
    }

    private static void ReadPacked(PrefixedStream stream, string source, InputFormat form, ArticleSink sink, int depth)
    {
        var archives = new ArchiveReader(sink, (inner, name, format) => ReadStream(inner, name, format, sink, depth));
        if (form == InputFormat.Gzip)
        {
            // Behind the .gz the name tells the form of what is packed.
            ReadOnlySpan<char> name = source.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? source.AsSpan(0, source.Length - 3) : source;
            archives.ReadGzip(stream, source, InputNames.Format(name));
            return;
        }
        Stream content = stream.Head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? archives.Unpacked(stream) : stream;
        if (form == InputFormat.Tar)
        {
            archives.ReadTar(content, source);
            return;
        }
        using var records = new WarcRecords(content, source, sink);
        records.Read();
    }

    private static void Guarded(string source, ArticleSink sink, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            sink.Fault(source, DiagnosticCodes.Unreadable, e.Message);
        }
        catch (ArchiveException e)
        {
            sink.Fault(source, e.Code, e.Message);
        }
        catch (InvalidDataException e)
        {
            sink.Fault(source, DiagnosticCodes.ArchiveDamaged, e.Message);
        }
    }
}
