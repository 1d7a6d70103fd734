namespace MlOps.Tracking;

/// <summary>A bounded first-in-first-out ring of events with many writers and one reader.</summary>
/// <remarks>
/// A ring under a monitor and not a <c>Channel</c>: adding allocates nothing, the reader sends slices of the ring to the store without a copy and
/// takes them out only when they are durable, and a full ring can block a synchronous caller (<see cref="Monitor.Wait(object)"/>) without
/// blocking on a task: the contract's <c>Record</c> is synchronous, and slowing the training loop is better than losing its points.
/// </remarks>
internal sealed class EventBuffer(int capacity)
{
    private readonly object _gate = new();
    private readonly List<(long Target, TaskCompletionSource Completion)> _waiters = [];
    private RunEvent[] _ring = new RunEvent[Math.Min(capacity, 256)];
    private int _head;
    private int _count;
    private long _added;
    private long _removed;
    private bool _closed;
    private Exception? _failure;

    public enum AddResult
    {
        Added,
        AddedAndHalfFull,
        Closed,
        Failed,
    }

    /// <summary>How many events have been taken out because they are durable.</summary>
    public long Removed
    {
        get
        {
            lock (_gate)
            {
                return _removed;
            }
        }
    }

    /// <summary>How many events wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public Exception? Failure
    {
        get
        {
            lock (_gate)
            {
                return _failure;
            }
        }
    }

    public AddResult Add(in RunEvent runEvent, int batchSize, Action wake)
    {
        lock (_gate)
        {
            while (true)
            {
                if (_closed)
                {
                    return AddResult.Closed;
                }

                if (_failure is not null)
                {
                    return AddResult.Failed;
                }

                if (_count < _ring.Length)
                {
                    break;
                }

                if (_ring.Length < capacity)
                {
                    Grow();
                    break;
                }

                wake();
                Monitor.Wait(_gate);
            }

            var tail = _head + _count;
            _ring[tail < _ring.Length ? tail : tail - _ring.Length] = runEvent;
            _count++;
            _added++;
            return _count == Math.Min(batchSize, capacity / 2) ? AddResult.AddedAndHalfFull : AddResult.Added;
        }
    }

    /// <summary>
    /// The next events, in place; they stay until <see cref="Remove"/>. As many as wait, so that a store which has fallen behind gets
    /// larger batches, but at most half of the capacity: the other half takes new events while the store works.
    /// </summary>
    public ReadOnlyMemory<RunEvent> Peek()
    {
        lock (_gate)
        {
            return _ring.AsMemory(_head, Math.Min(Math.Min(_count, Math.Max(1, capacity / 2)), _ring.Length - _head));
        }
    }

    /// <summary>Takes out events that are durable now.</summary>
    public void Remove(int count)
    {
        List<TaskCompletionSource>? completed = null;
        lock (_gate)
        {
            Array.Clear(_ring, _head, count);
            _head = (_head + count) % _ring.Length;
            _count -= count;
            _removed += count;
            _failure = null;
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_waiters[i].Target <= _removed)
                {
                    (completed ??= []).Add(_waiters[i].Completion);
                    _waiters.RemoveAt(i);
                }
            }

            Monitor.PulseAll(_gate);
        }

        // Outside, so that who has waited and records at once does not meet the lock.
        completed?.ForEach(completion => completion.TrySetResult());
    }

    /// <summary>Reports a failure to all that wait; the events stay.</summary>
    public void Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure = failure;
            foreach (var (_, completion) in _waiters)
            {
                completion.TrySetException(failure);
            }

            _waiters.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Completes when all that was added so far has been removed.</summary>
    public Task WhenEmptied()
    {
        lock (_gate)
        {
            if (_removed == _added)
            {
                return Task.CompletedTask;
            }

            var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((_added, completion));
            return completion.Task;
        }
    }

    /// <summary>Refuses, or accepts again, further events.</summary>
    public void Close(bool closed)
    {
        lock (_gate)
        {
            _closed = closed;
            Monitor.PulseAll(_gate);
        }
    }

    private void Grow()
    {
        var larger = new RunEvent[(int)Math.Min(capacity, 2L * _ring.Length)];
        var first = Math.Min(_count, _ring.Length - _head);
        Array.Copy(_ring, _head, larger, 0, first);
        Array.Copy(_ring, 0, larger, first, _count - first);
        (_ring, _head) = (larger, 0);
    }
}
