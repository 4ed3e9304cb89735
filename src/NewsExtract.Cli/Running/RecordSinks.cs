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

    /// <summary>Closes the output and puts the whole of it under its name.</summary>
    void Complete();
}

/// <summary>
/// An output of which all is written, but which may not be under its name yet: the run was killed on the last steps. It is
/// never opened again, so nothing of it can be lost.
/// </summary>
internal sealed class FinishedSink(long[] state, Action publish) : IRecordSink
{
    public bool TakesLines => false;

    public void Write(ArticleRecord record, ReadOnlySpan<byte> line) => throw new InvalidOperationException("The output is complete.");

    public long[] Checkpoint() => state;

    public void Complete() => publish();

    public void Dispose()
    {
        // Nothing is open.
    }
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
        Publish(_path);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Whether what <paramref name="state"/> vouches for is there.</summary>
    public static bool Holds(string path, RunState state) => LengthOf(Partial(path)) >= state.Sink[0] || (state.IsComplete && LengthOf(path) == state.Sink[0]);

    /// <summary>Puts a complete output under its name; does nothing where that was done already.</summary>
    public static void Publish(string path)
    {
        if (File.Exists(Partial(path))) File.Move(Partial(path), path, overwrite: true);
        DiskSync.FolderOf(path);
    }

    /// <summary>A file's bytes; -1 where there is none.</summary>
    public static long LengthOf(string path) => new FileInfo(path) is { Exists: true, Length: long length } ? length : -1;
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
        DiskSync.FolderOf(Table(Partial(_path), RecordTables.All[0]));
    }

    public static string Partial(string path) => path.TrimEnd('/', Path.DirectorySeparatorChar) + ".partial";

    public bool TakesLines => false;

    public void Write(ArticleRecord record, ReadOnlySpan<byte> line) => _tables.Write(record);

    public long[] Checkpoint() => _tables.Checkpoint();

    public void Complete()
    {
        _tables.Dispose();
        Publish(_path);
    }

    public void Dispose() => _tables.Dispose();

    /// <summary>Whether what <paramref name="state"/> vouches for is there; tables of a complete output can be on either side of the move.</summary>
    public static bool Holds(string path, RunState state)
    {
        for (int i = 0; i < RecordTables.All.Count; i++)
        {
            RecordTable table = RecordTables.All[i];
            if (JsonLinesSink.LengthOf(Table(Partial(path), table)) < state.Sink[i] && !(state.IsComplete && JsonLinesSink.LengthOf(Table(path, table)) == state.Sink[i])) return false;
        }
        return true;
    }

    /// <summary>Puts a complete output under its name; goes on where that was broken off.</summary>
    public static void Publish(string path)
    {
        string partial = Partial(path);
        Directory.CreateDirectory(path);
        foreach (RecordTable table in RecordTables.All)
            if (File.Exists(Table(partial, table))) File.Move(Table(partial, table), Table(path, table), overwrite: true);
        DiskSync.FolderOf(Table(path, RecordTables.All[0]));
        DiskSync.FolderOf(path.TrimEnd('/', Path.DirectorySeparatorChar));
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
    }

    private static string Table(string folder, RecordTable table) => Path.Combine(folder, table.Name + ".csv");
}
