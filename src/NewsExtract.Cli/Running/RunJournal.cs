using System.Globalization;
using System.Text;

namespace NewsExtract.Cli.Running;

/// <summary>How far a run is: everything before <paramref name="Next"/> is written and on the disk.</summary>
/// <param name="Next">The ordinal to go on with.</param>
/// <param name="Records">Records written.</param>
/// <param name="Failed">Articles failed.</param>
/// <param name="ErrorsLength">Bytes of the errors file.</param>
/// <param name="IsComplete">Whether the input was read to its end.</param>
/// <param name="Sink">The sink's own numbers.</param>
internal sealed record RunState(long Next, long Records, long Failed, long ErrorsLength, bool IsComplete, long[] Sink);

/// <summary>
/// The journal beside an output: its first line names the run, every further line is a state that was on the disk
/// when the line was written. A line that was cut off by a crash does not match its checksum and is passed over.
/// Example of a line: <c>120 118 2 310 0 48211 9f0c…</c> for 120 articles, 118 records, 2 failures, 310 bytes of errors,
/// not complete, 48,211 bytes of output. While a run has it open nobody else can take the same output up (a batch system may
/// start a task anew on another node before the first has ended).
/// </summary>
internal sealed class RunJournal : IDisposable
{
    private readonly FileStream _file;

    private RunJournal(FileStream file) => _file = file;

    public static string PathFor(string output) => output.TrimEnd('/', Path.DirectorySeparatorChar) + ".journal";

    /// <summary>Starts a journal, over an old one if there is one.</summary>
    public static RunJournal Create(string path, string run)
    {
        var journal = new RunJournal(new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None));
        journal.WriteLine(run);
        return journal;
    }

    /// <summary>Opens a journal to go on; null where there is none that is whole enough to start from.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="run">The name of the run as it would be written now.</param>
    /// <param name="state">The last state; null where none was written yet.</param>
    /// <exception cref="UsageException">The journal is of another run.</exception>
    public static RunJournal? Open(string path, string run, out RunState? state)
    {
        state = null;
        if (!File.Exists(path)) return null;
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        try
        {
            if (TryTakeUp(file, path, run, out state)) return new RunJournal(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
        file.Dispose();
        return null;
    }

    // Reads what is whole and stands behind it.
    private static bool TryTakeUp(FileStream file, string path, string run, out RunState? state)
    {
        state = null;
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        int end = 0;
        bool isFirst = true;
        while (Array.IndexOf(content, (byte)'\n', end) is >= 0 and int lineEnd)
        {
            string line = Encoding.UTF8.GetString(content, end, lineEnd - end);
            if (Checked(line) is not { } text) break;
            if (isFirst && text != run) throw new UsageException($"{path} belongs to another run (other inputs, options, models or version); leave out --resume to start anew");
            if (!isFirst && Parse(text) is { } parsed) state = parsed;
            isFirst = false;
            end = lineEnd + 1;
        }
        if (isFirst) return false;
        file.SetLength(end);
        file.Seek(0, SeekOrigin.End);
        return true;
    }

    public void Write(RunState state) => WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{state.Next} {state.Records} {state.Failed} {state.ErrorsLength} {(state.IsComplete ? 1 : 0)} {string.Join(' ', state.Sink)}").TrimEnd());

    public void Dispose() => _file.Dispose();

    private void WriteLine(string text)
    {
        _file.Write(Encoding.UTF8.GetBytes($"{text} {Checksum(text):x16}\n"));
        _file.Flush(flushToDisk: true);
    }

    private static string? Checked(string line)
    {
        int space = line.LastIndexOf(' ');
        return space > 0 && line[(space + 1)..] == Checksum(line[..space]).ToString("x16", CultureInfo.InvariantCulture) ? line[..space] : null;
    }

    private static RunState? Parse(string text)
    {
        var numbers = new List<long>();
        foreach (string part in text.Split(' '))
        {
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long number)) return null;
            numbers.Add(number);
        }
        return numbers.Count < 5 ? null : new RunState(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4] == 1, [.. numbers[5..]]);
    }

    // FNV-1a with 64 bits (Fowler, Noll, Vo): enough to tell a torn line from a whole one.
    private static ulong Checksum(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in Encoding.UTF8.GetBytes(text)) hash = unchecked((hash ^ b) * 1099511628211);
        return hash;
    }
}
