namespace NewsExtract.Cli.Running;

/// <summary>The forms of output.</summary>
internal enum OutputFormat
{
    JsonLines,
    Csv,
    Sqlite,
}

/// <summary>
/// A run's output, errors file and journal, kept in step: at every checkpoint first the records, then the errors, then
/// the journal line that vouches for both go to the disk. A run that is killed goes on from the last journal line;
/// what was written behind it is cut off and written again, byte for byte the same. The last line says that all is
/// written; only then does the output take its name, and only when the name is on the disk is the journal deleted.
/// </summary>
internal sealed class RunOutput : IDisposable
{
    private readonly IRecordSink _sink;
    private readonly ErrorLog _errors;
    private readonly RunJournal? _journal;
    private readonly string? _journalPath;
    private long _lastCheckpoint = Environment.TickCount64;
    private bool _isDirty;

    private RunOutput(IRecordSink sink, ErrorLog errors, RunJournal? journal, string? journalPath, RunState? state)
    {
        _sink = sink;
        _errors = errors;
        _journal = journal;
        _journalPath = journalPath;
        Next = state?.Next ?? 0;
        Records = ResumedRecords = state?.Records ?? 0;
        Failed = state?.Failed ?? 0;
        WasComplete = state?.IsComplete ?? false;
    }

    /// <summary>The time between checkpoints: what a crash may cost.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The ordinal to go on with.</summary>
    public long Next { get; private set; }
    /// <summary>Records written, by this run and those it goes on from.</summary>
    public long Records { get; private set; }
    /// <summary>How many of them were there before.</summary>
    public long ResumedRecords { get; }
    /// <summary>Articles failed.</summary>
    public long Failed { get; private set; }
    /// <summary>Whether an earlier run had read everything and was only killed while it put the output under its name.</summary>
    public bool WasComplete { get; }
    /// <summary>Whether records are wanted as lines.</summary>
    public bool TakesLines => _sink.TakesLines;

    /// <summary>Output to a stream; nothing can be resumed.</summary>
    public static RunOutput ToStream(Stream stream, ErrorLog errors) => new(new StreamSink(stream), errors, null, null, null);

    /// <summary>Output to files.</summary>
    /// <param name="path">Its name when complete.</param>
    /// <param name="format">Its form.</param>
    /// <param name="errorsPath">The errors file, or null for standard error.</param>
    /// <param name="run">What the run is, in one line: inputs and all options that matter to the output.</param>
    /// <param name="resume">Whether to go on from a journal if there is one.</param>
    /// <param name="checkpointEvery">See <see cref="CheckpointEvery"/>.</param>
    /// <exception cref="UsageException">The journal is of another run.</exception>
    public static RunOutput ToFiles(string path, OutputFormat format, string? errorsPath, string run, bool resume, TimeSpan checkpointEvery)
    {
        string journalPath = RunJournal.PathFor(path);
        RunState? state = null;
        RunJournal? journal = resume ? RunJournal.Open(journalPath, run, out state) : null;
        if (state is not null && !(Holds(path, format, state) && (errorsPath is null || JsonLinesSink.LengthOf(errorsPath) >= state.ErrorsLength)))
        {
            // Somebody has taken files away, or a disk did not keep what it said it had written.
            Console.Error.WriteLine($"{path}: less is there than {journalPath} tells of; the run starts anew.");
            journal!.Dispose();
            journal = null;
            state = null;
        }
        // The journal first: one of an earlier run must not vouch for what is written from here on.
        journal ??= RunJournal.Create(journalPath, run);
        try
        {
            if (state is { IsComplete: true })
                return new RunOutput(new FinishedSink(state.Sink, () => Publish(path, format)), new ErrorLog(null, 0, Console.Error), journal, journalPath, state);
            IRecordSink sink = format switch
            {
                OutputFormat.Csv => new CsvSink(path, state?.Sink),
                OutputFormat.Sqlite => new SqliteSink(path, state?.Sink),
                _ => new JsonLinesSink(path, state?.Sink),
            };
            var errors = new ErrorLog(errorsPath, state?.ErrorsLength ?? 0, Console.Error);
            DiskSync.FolderOf(journalPath);
            if (errorsPath is not null) DiskSync.FolderOf(errorsPath);
            return new RunOutput(sink, errors, journal, journalPath, state) { CheckpointEvery = checkpointEvery };
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    private static bool Holds(string path, OutputFormat format, RunState state) => format switch
    {
        OutputFormat.Csv => CsvSink.Holds(path, state),
        OutputFormat.Sqlite => SqliteSink.Holds(path, state),
        _ => JsonLinesSink.Holds(path, state),
    };

    private static void Publish(string path, OutputFormat format)
    {
        if (format == OutputFormat.Csv) CsvSink.Publish(path);
        else if (format == OutputFormat.Sqlite) SqliteSink.Publish(path);
        else JsonLinesSink.Publish(path);
    }

    /// <summary>Whether a complete output lies under <paramref name="path"/> and no run is under way.</summary>
    public static bool IsComplete(string path) => Path.Exists(path) && !File.Exists(RunJournal.PathFor(path));

    /// <summary>Writes what became of the next article.</summary>
    public void Write(ArticleOutcome outcome)
    {
        if (outcome.Record is { } record)
        {
            _sink.Write(record, outcome.Line.Span);
            Records++;
        }
        else
        {
            _errors.Write(outcome);
            if (outcome.IsFailed) Failed++;
        }
        Next = outcome.Ordinal + 1;
        _isDirty = true;
    }

    /// <summary>Makes a checkpoint when it is time for one.</summary>
    public void Tick()
    {
        if (!_isDirty || Environment.TickCount64 - _lastCheckpoint < CheckpointEvery.TotalMilliseconds) return;
        Checkpoint(isComplete: false);
    }

    /// <summary>Makes a checkpoint.</summary>
    public void Checkpoint(bool isComplete)
    {
        long[] sink = _sink.Checkpoint();
        _journal?.Write(new RunState(Next, Records, Failed, _errors.Checkpoint(), isComplete, sink));
        if (_journal is null) _errors.Checkpoint();
        _lastCheckpoint = Environment.TickCount64;
        _isDirty = false;
    }

    /// <summary>Puts the output under its name; the journal has done its part.</summary>
    public void Complete()
    {
        if (!WasComplete) Checkpoint(isComplete: true);
        _sink.Complete();
        _journal?.Dispose();
        if (_journalPath is not null) File.Delete(_journalPath);
    }

    public void Dispose()
    {
        try
        {
            _sink.Dispose();
            _errors.Dispose();
            _journal?.Dispose();
        }
        catch (IOException)
        {
            // What could not be written has been said already; the journal knows nothing of it.
        }
    }
}
