namespace NewsExtract.Cli.Running;

/// <summary>
/// Puts outcomes back into input order and bounds what is in flight: the reader reserves a place before it hands an
/// article on, workers put outcomes in any order, the writer takes them in order. Places are limited in number, and
/// so are the bytes of the articles in them.
/// </summary>
internal sealed class OrderedWindow(int places, long bytes)
{
    private readonly object _lock = new();
    private readonly ArticleOutcome?[] _outcomes = new ArticleOutcome?[places];
    private readonly long[] _sizes = new long[places];
    private long _reserved;
    private long _begun;
    private long _taken;
    private long _bytesInFlight;
    private bool _isComplete;
    private bool _isStopped;
    private Exception? _failure;

    /// <summary>Waits for a place; returns its number, or -1 where nothing more is wanted.</summary>
    public long Reserve(long size)
    {
        lock (_lock)
        {
            while (!_isComplete && (_reserved - _taken >= places || (_bytesInFlight + size > bytes && _reserved > _taken))) Monitor.Wait(_lock);
            if (_isComplete) return -1;
            _sizes[_reserved % places] = size;
            _bytesInFlight += size;
            return _reserved++;
        }
    }

    /// <summary>Says that the article of a place is begun; false where it is not wanted any more. Places are begun in about their order.</summary>
    public bool Begin(long place)
    {
        lock (_lock)
        {
            if (_isStopped && place >= _begun) return false;
            _begun = Math.Max(_begun, place + 1);
            return true;
        }
    }

    /// <summary>Ends early, behind the last place that was begun; all before it will still be filled.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _isStopped = true;
            _isComplete = true;
            _reserved = Math.Max(_begun, _taken);
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Fills a place.</summary>
    public void Put(long place, ArticleOutcome outcome)
    {
        lock (_lock)
        {
            _outcomes[place % places] = outcome;
            if (place == _taken) Monitor.PulseAll(_lock);
        }
    }

    /// <summary>No place will be reserved from now on; what is reserved will still be filled.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Ends everything with an error that is nobody's article.</summary>
    public void Fail(Exception failure)
    {
        lock (_lock)
        {
            _failure ??= failure;
            _isComplete = true;
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Takes the next outcome in order; null after <paramref name="wait"/> without one. False at the end.</summary>
    public bool Take(TimeSpan wait, out ArticleOutcome? outcome)
    {
        lock (_lock)
        {
            outcome = _outcomes[_taken % places];
            if (outcome is null && _failure is null && !(_isComplete && _taken == _reserved))
            {
                Monitor.Wait(_lock, wait);
                outcome = _outcomes[_taken % places];
            }
            if (outcome is null)
            {
                if (_failure is not null) throw new InvalidOperationException(_failure.Message, _failure);
                return !(_isComplete && _taken == _reserved);
            }
            _outcomes[_taken % places] = null;
            _bytesInFlight -= _sizes[_taken % places];
            _taken++;
            Monitor.PulseAll(_lock);
            return true;
        }
    }
}
