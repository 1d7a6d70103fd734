using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Apache.Arrow;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlOps.Data;
using MlOps.Data.Columns;

namespace MlOps.MicrosoftML;

/// <summary>A data view whose cursors read a data set, each anew.</summary>
internal sealed class StreamedDataView : IDataView
{
    private const int BatchesAhead = 2;
    private readonly Dataset _dataset;
    private readonly IReadOnlyList<Field> _fields;
    private readonly DataViewOptions _options;

    public StreamedDataView(Dataset dataset, DataViewSchema schema, IReadOnlyList<Field> fields, DataViewOptions options) =>
        (_dataset, Schema, _fields, _options) = (dataset, schema, fields, options);

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index).Distinct().Order()]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly StreamedDataView _view;
        private readonly Dictionary<int, ColumnCollector> _columns;
        private readonly string[] _names;
        private readonly BlockingCollection<RecordBatch> _batches = new(BatchesAhead);
        private readonly CancellationTokenSource _stop = new();
        private Task? _reading;
        private ExceptionDispatchInfo? _error;
        private long _position = -1;
        private int _row = -1;
        private int _rows;
        private bool _isDisposed;

        public Cursor(StreamedDataView view, int[] active)
        {
            _view = view;
            _columns = active.ToDictionary(index => index, index => ColumnCollector.TryCreate(view._fields[index], view._dataset.Name, view._options)!);

            // Rows are counted by a column even when none is asked for.
            _names = [.. (active is [] ? new int[Math.Min(1, view._fields.Count)] : active).Select(index => view._fields[index].Name)];
        }

        public override DataViewSchema Schema => _view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            if (_isDisposed || (++_row >= _rows && !NextBatch()))
            {
                _position = -1;
                return false;
            }

            _position++;
            return true;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _columns.ContainsKey(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!_columns.TryGetValue(column.Index, out var collector))
            {
                throw new InvalidOperationException($"The column '{column.Name}' was not asked for when the cursor was made.");
            }

            return collector.Getter(() => _row) as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"The column '{column.Name}' is {column.Type}, not {typeof(TValue).Name}.");
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_isDisposed)
            {
                _isDisposed = true;
                _stop.Cancel();
                if (_reading is null)
                {
                    Release();
                }
                else
                {
                    // The reader may still be in the source: what it leaves behind goes when it has ended.
                    _reading.ContinueWith(_ => Release(), TaskScheduler.Default);
                }
            }

            base.Dispose(disposing);
        }

        private bool NextBatch()
        {
            // On the pool, so that a caller's synchronisation context is never waited on.
            _reading ??= Task.Run(ReadAsync);
            if (!_batches.TryTake(out var batch, Timeout.Infinite))
            {
                (_row, _rows) = (0, 0);
                _error?.Throw();
                return false;
            }

            using (batch)
            {
                foreach (var (index, collector) in _columns)
                {
                    collector.Clear();
                    collector.Add(batch.Column(System.Array.IndexOf(_names, _view._fields[index].Name)));
                }

                (_row, _rows) = (0, batch.Length);
            }

            return true;
        }

        private async Task ReadAsync()
        {
            try
            {
                await foreach (var batch in _view._dataset.ReadPlainAsync(new DatasetReadOptions { Columns = _names }, _stop.Token).ConfigureAwait(false))
                {
                    _batches.Add(batch, _stop.Token);
                }
            }
            catch (Exception error)
            {
                // For the cursor's thread; nobody asks a cursor that was disposed.
                _error = ExceptionDispatchInfo.Capture(error);
            }
            finally
            {
                _batches.CompleteAdding();
            }
        }

        private void Release()
        {
            while (_batches.TryTake(out var batch))
            {
                batch.Dispose();
            }

            _batches.Dispose();
            _stop.Dispose();
        }
    }
}
