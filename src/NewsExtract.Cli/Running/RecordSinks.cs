using NewsExtract.Text;
using NewsExtract.Writing;

namespace NewsExtract.Cli.Running;

/// <summary>Where records go. Each form can say how far it is, and go on from there.</summary>
internal interface IRecordSink : IDisposable
{
    /// <summary>Whether <see cref="Write"/> wants the record as a line of JSON.</summary>
    bool TakesLines { get; }

    /// <summary>Adds a record.</summary>
    void Write(ArticleRecord record, ReadOnlySpan<byte> line);

    /// <summary>Brings what was written to the disk; the numbers returned let a later run go on from here.</summary>
    long[] Checkpoint();

    /// <summary>Puts the whole output under its name. May be called again after a run was killed in it.</summary>
    void Complete();
}

/// <summary>Lines to a stream that can't be taken up again: standard output.</summary>
internal sealed class StreamSink(Stream stream) : IRecordSink
{
    private readonly BufferedStream _buffered = new(stream, 64 << 10);

    public bool TakesLines => true;

    public void Write(ArticleRecord record, ReadOnlySpan<byte> line) => _buffered.Write(line);

    public long[] Checkpoint()
    {
        _buffered.Flush();
        return [];
    }

    public void Complete() => _buffered.Flush();

    public void Dispose()
    {
        // What is buffered is lost with the reader at the other end; Complete has flushed otherwise.
    }
}

/// <summary>Lines to <c>PATH.partial</c>, which becomes <c>PATH</c> when complete.</summary>
internal sealed class JsonLinesSink : IRecordSink
{
    private readonly string _path;
    private readonly FileStream _file;

    public JsonLinesSink(string path, long[]? state)
    {
        _path = path;
        _file = new FileStream(Partial(path), FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 256 << 10);
        _file.SetLength(state?[0] ?? 0);
        _file.Seek(0, SeekOrigin.End);
    }

    public static string Partial(string path) => path + ".partial";

    public bool TakesLines => true;

    public void Write(ArticleRecord record, ReadOnlySpan<byte> line) => _file.Write(line);

    public long[] Checkpoint()
    {
        _file.Flush(flushToDisk: true);
        return [_file.Length];
    }

    public void Complete()
    {
        _file.Dispose();
        if (File.Exists(Partial(_path))) File.Move(Partial(_path), _path, overwrite: true);
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>Tables to the folder <c>PATH.partial</c>, whose files go to <c>PATH</c> when complete.</summary>
internal sealed class CsvSink : IRecordSink
{
    private readonly string _path;
    private readonly CsvTables _tables;

    public CsvSink(string path, long[]? state)
    {
        _path = path.TrimEnd('/', Path.DirectorySeparatorChar);
        Directory.CreateDirectory(Partial(_path));
        _tables = new CsvTables(Partial(_path), state);
    }

    public static string Partial(string path) => path.TrimEnd('/', Path.DirectorySeparatorChar) + ".partial";

    public bool TakesLines => false;

    public void Write(ArticleRecord record, ReadOnlySpan<byte> line) => _tables.Write(record);

    public long[] Checkpoint() => _tables.Checkpoint();

    public void Complete()
    {
        _tables.Dispose();
        Directory.CreateDirectory(_path);
        foreach (RecordTable table in RecordTables.All)
        {
            string from = Path.Combine(Partial(_path), table.Name + ".csv");
            if (File.Exists(from)) File.Move(from, Path.Combine(_path, table.Name + ".csv"), overwrite: true);
        }
        Directory.Delete(Partial(_path), recursive: true);
    }

    public void Dispose() => _tables.Dispose();
}
