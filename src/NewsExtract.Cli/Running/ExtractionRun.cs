using System.Buffers;
using System.Collections.Concurrent;
using NewsExtract.Reading;
using NewsExtract.Text;
using NewsExtract.Writing;

namespace NewsExtract.Cli.Running;

/// <summary>How a run works.</summary>
/// <param name="Threads">Workers.</param>
/// <param name="TimeLimit">The longest an article may take; an article that takes longer fails and its worker is replaced.</param>
/// <param name="MakeLines">Whether workers write records as lines of JSON.</param>
internal sealed record RunSettings(int Threads, TimeSpan TimeLimit, bool MakeLines);

/// <summary>
/// One reader, many workers, one ordered writer. The reader only finds articles; decoding, extraction and JSON are the
/// workers' part; the writer is the calling thread. What is written depends on the input alone, not on the number of
/// workers.
/// </summary>
/// <param name="read">Hands all articles on until told to stop; runs on the reader's thread.</param>
/// <param name="newWorker">Makes one worker's function with buffers of its own; runs on the worker's thread.</param>
/// <param name="settings">How the run works.</param>
internal sealed class ExtractionRun(Action<Func<RawArticle, bool>> read, Func<Func<RawArticle, ArticleOutcome>> newWorker, RunSettings settings)
{
    private const int PlacesPerThread = 64;
    private const long BytesInFlight = 32 << 20;
    private const int WorkerStack = 16 << 20;
    private const int MostAbandoned = 32;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private readonly OrderedWindow _window = new(Math.Max(2, settings.Threads) * PlacesPerThread, BytesInFlight);
    private readonly BlockingCollection<WorkItem> _queue = [];
    private readonly ConcurrentDictionary<WorkItem, long> _running = new();
    private int _abandoned;
    private volatile bool _isStopped;

    /// <summary>Asks the run to end early: no further article is begun, those that are begun are finished. From any thread.</summary>
    public void Stop()
    {
        _isStopped = true;
        _window.Stop();
    }

    /// <summary>Whether the run was asked to end early.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>Runs to the end.</summary>
    /// <param name="write">Takes each outcome in input order.</param>
    /// <param name="tick">Called between outcomes at least about ten times a second.</param>
    public void Run(Action<ArticleOutcome> write, Action tick)
    {
        new Thread(ReadAll) { IsBackground = true, Name = "reader" }.Start();
        for (int i = 0; i < settings.Threads; i++) StartWorker();
        using (new Timer(_ => FailOverdue(), null, Tick, Tick))
        {
            while (_window.Take(Tick, out ArticleOutcome? outcome))
            {
                if (outcome is not null) write(outcome);
                tick();
            }
        }
        _queue.CompleteAdding();
    }

    private void ReadAll()
    {
        try
        {
            read(raw =>
            {
                long size = raw.Content.Length + (raw.Fields is { } fields ? 2L * ((fields.Text?.Length ?? 0) + (fields.Html?.Length ?? 0)) : 0);
                long place = _window.Reserve(size);
                if (place < 0) return false;
                _queue.Add(new WorkItem(place, raw));
                return true;
            });
            _window.Complete();
        }
        catch (Exception e)
        {
            _window.Fail(e);
        }
    }

    private void StartWorker() => new Thread(Work, WorkerStack) { IsBackground = true, Name = "worker" }.Start();

    private void Work()
    {
        try
        {
            Func<RawArticle, ArticleOutcome> extract = newWorker();
            var line = new ArrayBufferWriter<byte>();
            foreach (WorkItem item in _queue.GetConsumingEnumerable())
            {
                if (!_window.Begin(item.Place)) break;
                _running[item] = Environment.TickCount64;
                ArticleOutcome outcome = Extract(extract, item.Raw, line);
                _running.TryRemove(item, out _);
                if (!item.TryFinish()) break; // overdue: its place was filled and this worker replaced
                _window.Put(item.Place, outcome);
            }
        }
        catch (Exception e)
        {
            _window.Fail(e);
        }
    }

    private ArticleOutcome Extract(Func<RawArticle, ArticleOutcome> extract, RawArticle raw, ArrayBufferWriter<byte> line)
    {
        try
        {
            ArticleOutcome outcome = extract(raw);
            if (outcome.Record is not { } record) return outcome;
            record.Ordinal = raw.Ordinal;
            if (!settings.MakeLines) return outcome;
            outcome.Line = RecordJson.Line(record, line);
            return outcome;
        }
        catch (Exception e)
        {
            // One bad article never stops a run.
            return ArticleOutcome.Failed(raw, DiagnosticCodes.InternalError, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private void FailOverdue()
    {
        long now = Environment.TickCount64;
        foreach ((WorkItem item, long start) in _running)
        {
            if (now - start <= settings.TimeLimit.TotalMilliseconds || !item.TryFinish()) continue;
            _running.TryRemove(item, out _);
            _window.Put(item.Place, ArticleOutcome.Failed(item.Raw, DiagnosticCodes.TimeLimit, $"took longer than {settings.TimeLimit.TotalSeconds:0.#} s"));
            if (Interlocked.Increment(ref _abandoned) > MostAbandoned) _window.Fail(new TimeoutException("Too many articles took too long."));
            else StartWorker();
        }
    }

    private sealed class WorkItem(long place, RawArticle raw)
    {
        private int _isFinished;

        public long Place => place;
        public RawArticle Raw => raw;

        public bool TryFinish() => Interlocked.Exchange(ref _isFinished, 1) == 0;
    }
}
