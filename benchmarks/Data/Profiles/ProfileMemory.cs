using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Types;
using MlOps.Data;

namespace MlOps.Benchmarks.Profiles;

/// <summary>Profiles rows that are made while they are read, and says how much memory that took.</summary>
internal static class ProfileMemory
{
    public static async Task<int> RunAsync(double gigabytes)
    {
        var source = new MadeRows((long)(gigabytes * 1e9));
        var started = Stopwatch.GetTimestamp();
        var profile = await new Dataset("made", source).ProfileAsync();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(profile.ToText());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{source.Bytes / 1e9:0.0} GB, {profile.RowCount:N0} rows in {seconds:0.0} s; peak heap after a collection {source.MostHeld / 1e6:0} MB, peak working set {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB; the saved profile has {profile.ToJson().Length / 1e3:0} kB"));
        return 0;
    }

    private sealed class MadeRows(long bytes) : IDatasetSource
    {
        private const int Rows = 65_536;
        private const int Longest = 80;

        private static readonly Schema Columns = new(
            [
                new Field("id", StringType.Default, true),
                new Field("note", StringType.Default, true),
                new Field("city", StringType.Default, true),
                new Field("amount", DoubleType.Default, true),
                new Field("count", Int64Type.Default, true),
                new Field("at", new TimestampType(TimeUnit.Microsecond, "UTC"), true),
            ],
            metadata: null);

        public long Bytes { get; private set; }

        public long MostHeld { get; private set; }

        public ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) => new(Columns);

        public async IAsyncEnumerable<RecordBatch> ReadAsync(
            DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            var random = new Random(1);
            for (var batch = 0; Bytes < bytes; batch++)
            {
                var first = (long)batch * Rows;
                IArrowArray[] arrays =
                [
                    Texts(i => first + i, 0),
                    Texts(i => (first + i) * 7_919, Longest - 20),
                    Texts(i => (first + i) % 300, 5),
                    Fixed<double>(DoubleType.Default, _ => random.NextDouble()),
                    Fixed<long>(Int64Type.Default, _ => random.Next(1_000)),
                    Fixed<long>(Columns.GetFieldByIndex(5).DataType, i => (first + i) * 1_000),
                ];
                if (batch % 64 == 63)
                {
                    MostHeld = Math.Max(MostHeld, GC.GetTotalMemory(forceFullCollection: true));
                }

                yield return new RecordBatch(Columns, arrays, Rows);
            }
        }

        private StringArray Texts(Func<int, long> number, int padding)
        {
            var offsets = new int[Rows + 1];
            var text = new byte[Rows * Longest];
            var at = 0;
            for (var i = 0; i < Rows; i++)
            {
                text.AsSpan(at, padding).Fill((byte)'x');
                Utf8Formatter.TryFormat(number(i), text.AsSpan(at + padding), out var written);
                offsets[i + 1] = at += padding + written;
            }

            Bytes += at + (offsets.Length * sizeof(int));
            return new StringArray(Rows, Buffer(offsets), new ArrowBuffer(text.AsMemory(0, at)), ArrowBuffer.Empty, 0, 0);
        }

        private IArrowArray Fixed<T>(IArrowType type, Func<int, T> value)
            where T : unmanaged
        {
            var values = new T[Rows];
            for (var i = 0; i < Rows; i++)
            {
                values[i] = value(i);
            }

            Bytes += (long)Rows * Unsafe.SizeOf<T>();
            return ArrowArrayFactory.BuildArray(new ArrayData(type, Rows, 0, 0, [ArrowBuffer.Empty, Buffer(values)]));
        }

        private static ArrowBuffer Buffer<T>(T[] values)
            where T : unmanaged => new(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
    }
}
